import { type Pair, type Query, without } from '../data/query';
import { leadOf, nameOf, titleOf } from '../labels';
import { number, page, say, sayNumber } from '../page';
import type { Store } from '../store';

/** Show another query, and move the focus to its number of events, because the used button disappears. */
export function goAndFocus(store: Store, query: Query): void {
  store.go(query);
  document.getElementById('explorer-found')?.focus();
}

/** The number of events, and the filters in words. */
export function Found({ store }: { store: Store }) {
  const filters = store.query.value.filter(([name]) => !page.state.includes(name) && !page.notFilters.includes(name));
  const shown = store.results.value.matches.length;
  const all = number(store.index.value.events.count);
  const isAsked = store.remote.value === 'asked';
  return (
    <section aria-labelledby="explorer-found">
      <h2 id="explorer-found" tabindex={-1}>
        <output aria-live="polite" aria-busy={isAsked}>
          {isAsked ? say('searching') : sayNumber('shown_of_all', shown, { shown: number(shown), all })}
        </output>
      </h2>
      {filters.length > 0 && (
        <>
          <ul class="chips" aria-label={say('filters')}>
            {filters.map((pair) => <Chip key={pair.join('=')} store={store} pair={pair} />)}
          </ul>
          <p><button type="button" class="link" onClick={() => goAndFocus(store, unfiltered(store))}>{say('remove_all')}</button></p>
        </>
      )}
      {store.remote.value === 'failed' && (
        <p class="note" role="alert">
          {store.failure.value
            ? say('refused', { reason: store.failure.value })
            : say('no_connection', { names: [...new Set(store.plan.value.questions.flatMap(({ query }) => query.map(([name]) => titleOf(name))))].join(', ') })}
        </p>
      )}
      {page.unknown.filter((id) => filters.some(([, value]) => value === id)).map((id) => <p key={id} class="note">{say('unknown', { id })}</p>)}
      {page.unknownWords.filter((word) => filters.some(([name, value]) => name === 'q' && value.includes(word))).map((word) => <p key={word} class="note">{say('unknown_word', { word })}</p>)}
      {shown === 0 && !isAsked && <p>{say('nothing')}</p>}
    </section>
  );
}

function Chip({ store, pair: [name, value] }: { store: Store; pair: Pair }) {
  const [lead, words] = [leadOf(name), nameOf(store.index.value, name, value)];
  return (
    <li>
      {lead} <strong>{words}</strong>{' '}
      <button type="button" class="link" aria-label={say('remove_filter', { filter: `${lead} ${words}` })}
        onClick={() => goAndFocus(store, without(store.query.value, name, value))}>
        {say('remove')}
      </button>
    </li>
  );
}

/** Return the query with its state and its order only. */
function unfiltered(store: Store) {
  return store.query.value.filter(([name]) => page.state.includes(name) || page.notFilters.includes(name));
}
