/** A field for an id, which finds it by a name in any script: a combobox (WAI-ARIA 1.2). */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { say } from '../texts';
import { type Collection, type Named, find, nameOf } from './api';
import { Errors, describedBy } from './Errors';
import type { Fault } from './state';

/** Milliseconds without another key after which the server is asked. */
const PAUSE = 150;
/** The names of ids, by collection and id. */
const names = signal<Record<string, string>>({});

interface Props {
  id: string;
  label: string;
  collection: Collection;
  value: string;
  faults: Fault[];
  use(id: string): void;
}

export function Lookup({ id, label, collection, value, faults, use }: Props) {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Named[]>([]);
  const [active, setActive] = useState(-1);
  useEffect(() => askFor(collection, typed, setFound), [collection, typed]);
  const path = `${collection}/${value}`;
  useEffect(() => { if (value && !typed) learn(collection, value); }, [path, typed]);
  const isOpen = typed !== '' && found.length > 0;

  const close = () => { setTyped(''); setFound([]); setActive(-1); };
  const choose = (chosen: Named) => {
    names.value = { ...names.value, [`${collection}/${chosen.id}`]: chosen.label };
    use(chosen.id);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of an unfinished syllable belong to the input method.
    if (event.isComposing || !isOpen) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length);
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      choose(found[active]!);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  };
  return (
    <div class="combobox">
      <label for={id}>{label}</label>
      <input id={id} type="text" role="combobox" autocomplete="off" spellcheck={false} maxLength={300} value={value}
        aria-autocomplete="list" aria-expanded={isOpen} aria-controls={`${id}-list`} aria-invalid={faults.length > 0} aria-describedby={describedBy(id, faults, `${id}-name`)}
        {...(isOpen && active >= 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        onInput={(event) => { use(event.currentTarget.value); setTyped(event.currentTarget.value); setActive(-1); }}
        onKeyDown={onKeyDown} onBlur={close} />
      <ul id={`${id}-list`} role="listbox" aria-label={say('suggestions')} hidden={!isOpen}>
        {isOpen && found.map((each, at) => (
          <li key={each.id} id={`${id}-${at}`} role="option" aria-selected={at === active}
            onPointerDown={(event) => { event.preventDefault(); choose(each); }}>
            <strong>{each.label}</strong> <span class="count">{each.id}</span>
          </li>
        ))}
      </ul>
      <small id={`${id}-name`}>{value ? names.value[path] : say('lookup_help')}</small>
      <Errors of={id} faults={faults} />
    </div>
  );
}

/** Ask for entities with a name that begins so; return how to stop. */
function askFor(collection: Collection, typed: string, use: (found: Named[]) => void): () => void {
  const request = new AbortController();
  const waiting = setTimeout(() => {
    if (!typed.trim()) return;
    find(collection, typed.trim(), request.signal).then(use).catch(() => { if (!request.signal.aborted) use([]); });
  }, PAUSE);
  return () => { clearTimeout(waiting); request.abort(); };
}

/** Learn the name of an id once. */
function learn(collection: Collection, id: string): void {
  const path = `${collection}/${id}`;
  if (path in names.value) return;
  names.value = { ...names.value, [path]: '' };
  void nameOf(collection, id).then((name) => { names.value = { ...names.value, [path]: name || say('unknown_id', { id }) }; });
}
