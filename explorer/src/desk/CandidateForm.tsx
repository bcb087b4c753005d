/** A candidate event: its fields, each with the words that support it. */
import type { ComponentChildren } from 'preact';
import { say } from '../texts';
import type { Basis, Field } from './answers';
import { type Action, type Candidate, type Evidence, type Part, type Simple, emptyPart, withoutSupport } from './candidates';
import { Errors } from './Errors';
import { Choice, TextField, labelOf, termsOf } from './fields';
import { Lookup } from './Lookup';
import { desk, pageOf } from './page';
import { decide, faultsAt, marked, selected, setEvidence, setValues, support, text, vocabulary } from './state';
import { showWords } from './TextPane';

interface Props {
  at: number;
  candidate: Candidate;
}

export function CandidateForm({ at, candidate }: Props) {
  const { draft, action } = candidate;
  const name = candidate.values.title['en'] || candidate.values.id || say('no_id');
  return (
    <section class="desk-candidate" aria-labelledby={`desk-${at}-name`}>
      <h3 id={`desk-${at}-name`}>{say('event', { number: at + 1 })}: {name}</h3>
      {draft && <Comparison draft={draft} />}
      <Choice id={`desk-${at}-action`} label={say('action')} value={action} faults={faultsAt(`${at}`, `${at}/sources`)}
        choices={actionsOf(candidate)} use={(value) => void decide(at, value as Action)} />
      {action !== 'drop' && <Fields at={at} candidate={candidate} />}
    </section>
  );
}

function actionsOf({ draft }: Candidate): [string, string][] {
  const known: [string, string][] = draft?.comparison.event ? [['known', say('action_known')]] : [];
  return [['new', say('action_new')], ...known, ['drop', say('action_drop')]];
}

function Comparison({ draft }: { draft: NonNullable<Candidate['draft']> }) {
  const { verdict, event, adds, differences } = draft.comparison;
  return (
    <div class={`verdict ${verdict}`}>
      <p><strong>{say(`verdict_${verdict}`)}</strong>{event && <>: <a href={pageOf(event)} target="_blank" rel="noopener">{event}</a></>}</p>
      {adds.length > 0 && <p>{say('adds', { parts: adds.map((part) => labelOf('evidenced-field', part)).join(', ') })}</p>}
      {differences.length > 0 && (
        <ul>{differences.map(({ field, article, data }) => (
          <li key={field}>{say('difference', { field: labelOf('evidenced-field', field), article: article || '–', data: data || '–' })}</li>
        ))}</ul>
      )}
    </div>
  );
}

function Fields({ at, candidate }: Props) {
  const { draft, values } = candidate;
  const set = (name: Simple) => (value: string) => setValues(at, { [name]: value });
  const choice = (name: Simple, vocabularyName: string, terms = termsOf(vocabularyName)) => (
    <Choice id={`desk-${at}-${name}-field`} label={name === 'confidence' ? say('confidence') : labelOf('evidenced-field', name)} value={values[name]}
      faults={faultsAt(`${at}/${name}`)} choices={terms.map((id) => [id, labelOf(vocabularyName, id)])} use={set(name)} />
  );
  const subtypes = vocabulary.value['type']?.find(({ id }) => id === values.type)?.narrower ?? termsOf('subtype');
  return (
    <>
      <TextField id={`desk-${at}-id-field`} label={say('id')} value={values.id} faults={faultsAt(`${at}/id`)} isWide use={set('id')} />
      <Supported at={at} field="date" candidate={candidate}>
        <TextField id={`desk-${at}-date-field`} label={labelOf('evidenced-field', 'date')} value={values.date} faults={faultsAt(`${at}/date`)}
          help={say('date_help')} use={set('date')} />
      </Supported>
      <Supported at={at} field="type" candidate={candidate}>
        {choice('type', 'type')}
        <Suggestions at={at} draft={draft} type={values.type} />
      </Supported>
      <Supported at={at} field="subtype" candidate={candidate}>{choice('subtype', 'subtype', subtypes)}</Supported>
      <Supported at={at} field="status" candidate={candidate}>{choice('status', 'status')}</Supported>
      {choice('confidence', 'confidence')}
      <Supported at={at} field="participants" candidate={candidate}>
        {values.participants.map((part, n) => <PartFields key={n} at={at} n={n} part={part} parts={values.participants} />)}
        <p><button type="button" onClick={() => setValues(at, { participants: [...values.participants, emptyPart()] })}>{say('add_participant')}</button></p>
        <Errors of={`desk-${at}-participants`} faults={faultsAt(`${at}/participants`)} />
      </Supported>
      <Supported at={at} field="place" candidate={candidate}>
        <Lookup id={`desk-${at}-place-field`} label={labelOf('evidenced-field', 'place')} collection="places" value={values.place}
          faults={faultsAt(`${at}/place`)} use={set('place')} />
      </Supported>
      {(values.type === 'treaty' || values.treaty) && (
        <Supported at={at} field="treaty" candidate={candidate}>
          <Lookup id={`desk-${at}-treaty-field`} label={labelOf('evidenced-field', 'treaty')} collection="treaties" value={values.treaty}
            faults={faultsAt(`${at}/treaty`)} use={set('treaty')} />
        </Supported>
      )}
      {(['title', 'summary'] as const).map((field) => (
        <Supported key={field} at={at} field={field} candidate={candidate}>
          {desk.languages.map(([language, name]) => (
            <TextField key={language} id={`desk-${at}-${field}-${language}`} label={say(`${field}_in`, { language: name })} lang={language}
              value={values[field][language] ?? ''} faults={faultsAt(`${at}/${field}/${language}`, ...(language === 'en' ? [`${at}/${field}`] : []))}
              isWide {...(field === 'summary' ? { rows: 2 } : {})}
              use={(value) => setValues(at, { [field]: { ...values[field], [language]: value } })} />
          ))}
        </Supported>
      ))}
      <EvidenceList at={at} evidence={candidate.evidence} />
    </>
  );
}

/** The types that the draft ranks after the first. */
function Suggestions({ at, draft, type }: { at: number; draft: Candidate['draft']; type: string }) {
  const others = (draft?.types ?? []).filter((each) => each.type !== type);
  if (others.length === 0) return null;
  return (
    <p class="tools">{say('or')}{' '}
      {others.map(({ type, subtype }) => (
        <button key={`${type}/${subtype}`} type="button" onClick={() => setValues(at, { type, subtype })}>
          {labelOf('type', type)}, {labelOf('subtype', subtype)}
        </button>
      ))}
    </p>
  );
}

interface SupportedProps extends Props {
  field: Field;
  children: ComponentChildren;
}

/** A field with the words that support it. In hand, it marks them in the text. */
function Supported({ at, field, candidate, children }: SupportedProps) {
  const name = labelOf('evidenced-field', field);
  const isMarked = marked.value?.candidate === at && marked.value.fields.includes(field);
  const mark = () => { if (!isMarked || marked.value!.fields.length > 1) marked.value = { candidate: at, fields: [field] }; };
  const words = candidate.evidence.filter(({ supports }) => supports.includes(field));
  return (
    <fieldset id={`desk-${at}-${field}`} class={isMarked ? 'marked' : ''} onFocusIn={mark} onPointerEnter={mark}>
      <legend>{name}</legend>
      {children}
      <ul class="quotes" aria-label={say('words_for', { field: name })}>
        {words.map((each) => {
          const quote = text.value.slice(each.start, each.end);
          return (
            <li key={`${each.start}-${each.end}-${each.basis}`}>
              <button type="button" class="link" onClick={() => showWords(each)}>“{quote}”</button>{' '}
              <button type="button" class="link" aria-label={say('remove_words', { words: quote, field: name })}
                onClick={() => setEvidence(at, withoutSupport(candidate.evidence, field, each))}>×</button>
            </li>
          );
        })}
        <li>
          <button type="button" class="use" aria-label={say('use_for', { field: name })} aria-disabled={selected.value === null}
            onClick={() => support(at, field)}>{say('use')}</button>
        </li>
      </ul>
    </fieldset>
  );
}

function PartFields({ at, n, part, parts }: { at: number; n: number; part: Part; parts: Part[] }) {
  const id = `desk-${at}-participants-${n}`;
  const faults = (name: string) => faultsAt(`${at}/participants/${n}/${name}`, ...(name === 'id' ? [`${at}/participants/${n}`] : []));
  const set = (name: keyof Part) => (value: string) => (
    setValues(at, { participants: parts.map((each, m) => (m === n ? { ...each, [name]: value } : each)) })
  );
  return (
    <div class="part" role="group" aria-label={say('participant_number', { number: n + 1 })}>
      <Lookup id={`${id}-id`} label={part.named ? say('participant_named', { name: part.named }) : say('participant')} collection="participants"
        value={part.id} faults={faults('id')} use={set('id')} />
      <Choice id={`${id}-role`} label={say('role')} value={part.role} faults={faults('role')}
        choices={termsOf('role').map((each) => [each, labelOf('role', each)])} use={set('role')} />
      <TextField id={`${id}-side`} label={say('side')} value={part.side} faults={faults('side')} maxLength={2} use={(value) => set('side')(value.toUpperCase())} />
      <Lookup id={`${id}-office`} label={say('office')} collection="offices" value={part.office} faults={faults('office')} use={set('office')} />
      <button type="button" class="link" aria-label={say('remove_participant', { name: part.named || part.id })}
        onClick={() => setValues(at, { participants: parts.filter((_, m) => m !== n) })}>×</button>
    </div>
  );
}

/** All words, each with its basis; inferred fields need a note. */
function EvidenceList({ at, evidence }: { at: number; evidence: Evidence[] }) {
  if (evidence.length === 0) return null;
  const set = (n: number, changes: Partial<Evidence>) => setEvidence(at, evidence.map((each, m) => (m === n ? { ...each, ...changes } : each)));
  return (
    <details class="evidence" open={evidence.some((_, n) => faultsBelow(at, n).length > 0)}>
      <summary>{say('evidence')}</summary>
      <ol>
        {evidence.map((each, n) => (
          <li key={n}>
            <p>“{text.value.slice(each.start, each.end)}”: {each.supports.map((field) => labelOf('evidenced-field', field)).join(', ')}</p>
            <Choice id={`desk-${at}-evidence-${n}`} label={say('basis')} value={each.basis} faults={faultsBelow(at, n)}
              choices={(['stated', 'inferred'] as const).map((basis) => [basis, labelOf('evidence-basis', basis)])}
              use={(basis) => set(n, { basis: basis as Basis })} />
            {each.basis === 'inferred' && (
              <TextField id={`desk-${at}-evidence-${n}-note`} label={say('note')} value={each.note} isWide
                faults={faultsAt(`${at}/evidence/${n}/note`)} use={(note) => set(n, { note })} />
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

function faultsBelow(at: number, n: number) {
  return faultsAt(...['', '/quote', '/selector', '/digest', '/supports', '/basis', '/occurrence'].map((part) => `${at}/evidence/${n}${part}`));
}
