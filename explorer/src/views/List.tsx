import { useEffect, useState } from 'preact/hooks';
import { whenOf } from '../data/index';
import { valuesOf } from '../data/query';
import { number, page, say, sayNumber } from '../page';
import type { Store } from '../store';

/** Events that are shown at first, and added at a time. */
const STEP = 50;

export function List({ store }: { store: Store }) {
  const { matches } = store.results.value;
  const [most, setMost] = useState(STEP);
  useEffect(() => setMost(STEP), [matches]);
  const more = Math.min(matches.length - most, STEP);
  return (
    <section aria-labelledby="explorer-list">
      <h2 id="explorer-list">{say('list')}</h2>
      <p class="jump screen"><button type="button" class="link" onClick={() => document.getElementById('explorer-narrow')?.focus()}>{say('narrow')}</button></p>
      <ol class="events">
        {[...matches.subarray(0, most)].map((event) => <Item key={event} store={store} event={event} />)}
      </ol>
      {more > 0 && <p class="printed">{sayNumber('shown_of_all', most, { shown: number(most), all: number(matches.length) })}</p>}
      {more > 0 && (
        <p><button type="button" onClick={() => setMost(most + STEP)}>{sayNumber('show_more', more, { count: number(more) })}</button></p>
      )}
    </section>
  );
}

function Item({ store, event }: { store: Store; event: number }) {
  const isSelected = store.selected.value === event;
  return (
    <li class={`event${isSelected ? ' selected' : ''}`} {...(isSelected ? { 'aria-current': 'true' as const } : {})}>
      <EventLine store={store} event={event} />
    </li>
  );
}

/** An event as in the lists of the server. */
export function EventLine({ store, event }: { store: Store; event: number }) {
  const index = store.index.value;
  const { raw, places } = index.events;
  const status = index.statuses[raw.status[event]!]!;
  const names = [...places.values.subarray(places.starts[event], places.starts[event + 1])].map((place) => index.places[place]!.label);
  const language = raw.language[event];
  return (
    <>
      <span class="when">{whenOf(index, event)}</span>{' '}
      <a href={addressOf(store, event)}>{language ? <span lang={language}>{raw.title[event]}</span> : raw.title[event]}</a>
      <span class="kind">
        {index.types[raw.type[event]!]!.label}
        {status.id !== 'occurred' && <> · <strong>{status.label}</strong></>}
        {names.length > 0 && ` · ${names.join(' → ')}`}
      </span>
    </>
  );
}

/** Return the address of an event's page, in the state of this one. */
export function addressOf(store: Store, event: number): string {
  const state = page.state.flatMap((name) => valuesOf(store.query.value, name).map((value) => [name, value]));
  const query = new URLSearchParams(state).toString();
  return page.event.replace('{id}', store.index.value.events.raw.id[event]!) + (query && `?${query}`);
}
