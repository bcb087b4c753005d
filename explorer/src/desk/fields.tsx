/** Fields of forms with their labels and errors, and the words of vocabularies. */
import { wordsIn } from './answers';
import { Errors, describedBy } from './Errors';
import { desk } from './page';
import { type Fault, vocabulary } from './state';

/** Return the term of a vocabulary in words. */
export function labelOf(name: string, id: string): string {
  const term = vocabulary.value[name]?.find((each) => each.id === id);
  return term ? wordsIn(desk.language, term.label) : id;
}

export function termsOf(name: string): string[] {
  return (vocabulary.value[name] ?? []).map(({ id }) => id);
}

interface Props {
  id: string;
  label: string;
  value: string;
  faults: Fault[];
  help?: string;
  lang?: string;
  rows?: number;
  isWide?: boolean;
  maxLength?: number;
  use(value: string): void;
}

/** A field for a line, or for several. */
export function TextField({ id, label, value, faults, help, lang, rows, maxLength, isWide, use }: Props) {
  const shared = {
    id, value, spellcheck: false, autocomplete: 'off' as const, 'aria-invalid': faults.length > 0,
    ...(lang ? { lang } : {}), ...(maxLength ? { maxLength } : {}),
    'aria-describedby': describedBy(id, faults, help ? `${id}-help` : ''),
  };
  return (
    <p class={rows || isWide ? 'wide' : ''}>
      <label for={id}>{label}</label>
      {rows ? <textarea {...shared} rows={rows} onInput={(event) => use(event.currentTarget.value)} />
        : <input {...shared} type="text" onInput={(event) => use(event.currentTarget.value)} />}
      {help && <small id={`${id}-help`}>{help}</small>}
      <Errors of={id} faults={faults} />
    </p>
  );
}

interface ChoiceProps extends Pick<Props, 'id' | 'label' | 'value' | 'faults' | 'use'> {
  /** Values with their words. */
  choices: [string, string][];
}

/** A choice from a list; a value that is not among the choices is shown as none. */
export function Choice({ id, label, value, faults, choices, use }: ChoiceProps) {
  return (
    <p>
      <label for={id}>{label}</label>
      <select id={id} value={value} aria-invalid={faults.length > 0} aria-describedby={describedBy(id, faults)}
        onChange={(event) => use(event.currentTarget.value)}>
        {!choices.some(([each]) => each === value) && <option value={value}>–</option>}
        {choices.map(([each, words]) => <option key={each} value={each}>{words}</option>)}
      </select>
      <Errors of={id} faults={faults} />
    </p>
  );
}
