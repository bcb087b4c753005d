import { useEffect, useRef, useState } from 'preact/hooks';
import { isTop, planOf } from '../data/filters';
import { ask } from '../data/remote';
import type { Suggestion } from '../data/names';
import { type Query, valueOf, valuesOf, withAlso, withOnly, withPerson, without } from '../data/query';
import { titleOf } from '../labels';
import { page, say } from '../page';
import type { Store } from '../store';

const MOST_SUGGESTIONS = 8;
/** Milliseconds without another key after which the server is asked. */
const PAUSE = 150;

export function Search({ store, typed }: { store: Store; typed: string | null }) {
  const query = store.query.value;
  const order = valueOf(query, 'sort') ?? '-date';
  const set = (name: string, value: string) => store.go(value ? withOnly(query, name, value) : without(query, name));
  const orders = ['-date', 'date', '-sources', '-created', '-updated', ...(valueOf(query, 'q') ? ['relevance'] : [])];
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <Words store={store} typed={typed} />
      <div class="fields">
        <DateField store={store} />
        <p>
          <label for="explorer-certainty">{titleOf('certainty')}</label>
          <select id="explorer-certainty" value={valueOf(query, 'certainty') === 'certain' ? 'certain' : ''}
            onChange={(event) => set('certainty', event.currentTarget.value)}>
            <option value="">{say('possible')}</option>
            <option value="certain">{say('certain')}</option>
          </select>
        </p>
        <p>
          <label for="explorer-sort">{say('order')}</label>
          <select id="explorer-sort" value={order} onChange={(event) => set('sort', event.currentTarget.value === '-date' ? '' : event.currentTarget.value)}>
            {orders.map((each) => <option key={each} value={each}>{say(`order_${each}`)}</option>)}
          </select>
        </p>
        <p>
          <label>
            <input type="checkbox" checked={isTop(query)}
              onChange={(event) => set('top', event.currentTarget.checked ? 'true' : '')} />{' '}
            {say('top')}
          </label>
        </p>
      </div>
    </form>
  );
}

function DateField({ store }: { store: Store }) {
  const dates = valuesOf(store.query.value, 'date');
  const shown = dates.length === 1 ? dates[0]! : '';
  const [isWrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => { field.current!.value = shown; setWrong(false); }, [shown]);
  const apply = async (text: string) => {
    const value = text.trim();
    if (value === shown) { setWrong(false); return; }
    const query = () => (value ? withOnly(store.query.value, 'date', value) : without(store.query.value, 'date'));
    const isKnown = await isDate(store, query());
    // The visitor may have typed on.
    if (field.current?.value.trim() !== value) return;
    setWrong(!isKnown);
    if (isKnown) store.go(query());
  };
  return (
    <p>
      <label for="explorer-date">{titleOf('date')}</label>
      <input id="explorer-date" ref={field} maxLength={200} aria-invalid={isWrong} aria-describedby="explorer-date-help"
        onChange={(event) => apply(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === 'Enter') apply(event.currentTarget.value); }} />
      <small id="explorer-date-help" class={isWrong ? 'wrong' : ''} aria-live="polite">{say(isWrong ? 'date_wrong' : 'date_help')}</small>
    </p>
  );
}

/** Characters of dates; the server is asked about nothing else. */
const OF_DATES = /^[\dXYSE?~%.\/:+-]*\d[\dXYSE?~%.\/:+-]*$/;

/** Whether the date in the query is one. The server decides the forms that only it knows, such as `199X`. */
async function isDate(store: Store, query: Query): Promise<boolean> {
  const question = planOf(store.index.value, query).questions.find(({ name }) => name === 'date');
  if (!question) return true;
  if (!OF_DATES.test(valueOf(query, 'date')!)) return false;
  return ask(page.matches, question.query).then(() => true, (error: unknown) => error instanceof TypeError);
}

/** The field for words and names, which suggests names as a combobox (WAI-ARIA 1.2). */
function Words({ store, typed }: { store: Store; typed: string | null }) {
  const current = valueOf(store.query.value, 'q') ?? '';
  const [text, setText] = useState(typed ?? current);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [further, setFurther] = useState<Suggestion[]>([]);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => { if (typed === null || current) setText(current); }, [current]);
  useEffect(() => { if (typed !== null) field.current?.focus(); }, []);
  useEffect(() => askFurther(store, text, setFurther), [text]);

  const known = store.names.value.find(text, MOST_SUGGESTIONS);
  const isNew = ({ id }: Suggestion) => !known.some((each) => each.parameter === 'participant' && each.id === id);
  const suggestions = [...known, ...further.filter(isNew)].slice(0, MOST_SUGGESTIONS);
  const words = text.trim();
  const count = suggestions.length + (words ? 1 : 0);
  const isShown = isOpen && words !== '' && words !== current;

  const close = () => { setOpen(false); setActive(-1); };
  const choose = (at: number) => {
    const suggestion = suggestions[at];
    close();
    if (suggestion) {
      setText(current);
      store.go(withSuggestion(store.query.value, suggestion));
    } else {
      store.go(words ? withOnly(store.query.value, 'q', words) : without(store.query.value, 'q'));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of an unfinished syllable belong to the input method.
    if (event.isComposing) return;
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && words) {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(isShown ? (active + step + count + 1) % (count + 1) === count ? -1 : (active + step + count + 1) % (count + 1) : 0);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(isShown && active >= 0 ? active : suggestions.length);
    } else if (event.key === 'Escape' && isShown) {
      event.preventDefault();
      close();
    }
  };
  return (
    <div class="combobox">
      <label for="explorer-q">{say('words')}</label>
      <input id="explorer-q" ref={field} type="text" role="combobox" maxLength={300} autocomplete="off" spellcheck={false}
        aria-autocomplete="list" aria-expanded={isShown} aria-controls="explorer-suggestions"
        {...(isShown && active >= 0 ? { 'aria-activedescendant': `explorer-suggestion-${active}` } : {})}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={onKeyDown} onBlur={close} />
      <ul id="explorer-suggestions" role="listbox" aria-label={say('suggestions')} hidden={!isShown}>
        {isShown && [...suggestions, null].map((each, at) => (
          <li key={each ? `${each.parameter}=${each.id}` : 'words'} id={`explorer-suggestion-${at}`} role="option" aria-selected={at === active}
            onPointerDown={(event) => { event.preventDefault(); choose(at); }}>
            {each ? <><strong>{each.label}</strong>{each.by && ` (${each.by})`} <span class="count">{titleOf(each.parameter)}</span></>
              : say('search_words', { words })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Add a suggestion: a second person is asked for together with the first. */
function withSuggestion(query: Query, { parameter, id }: Suggestion): Query {
  return parameter === 'participant' ? withPerson(query, id) : withAlso(query, parameter, id);
}

/** Ask the server for people with other spellings of their names; return how to stop. */
function askFurther(store: Store, text: string, use: (found: Suggestion[]) => void): () => void {
  use([]);
  const typed = text.trim();
  const request = new AbortController();
  const waiting = setTimeout(() => {
    if (!typed || !navigator.onLine) return;
    fetch(`${page.suggest}?${new URLSearchParams({ q: typed })}`, { signal: request.signal })
      .then((response) => (response.ok ? (response.json() as Promise<[string, string[], string[], string[]]>) : null))
      .then((found) => { if (found) use(found[3].flatMap((url, at) => suggested(store, url, found[1][at]!))); })
      .catch(() => undefined);
  }, PAUSE);
  return () => { clearTimeout(waiting); request.abort(); };
}

/** The name of a person whom the index has; another one took part in no event. */
function suggested(store: Store, url: string, label: string): Suggestion[] {
  const known = store.names.value.named('participant', decodeURIComponent(url.split('/').pop()!));
  return known ? [{ ...known, by: label === known.label ? '' : label }] : [];
}
