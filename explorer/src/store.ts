/** The state of the explorer: the query, which is the address, and all that follows from it. */
import { type ReadonlySignal, batch, computed, effect, signal } from '@preact/signals';
import { isoOf, parseRange } from './data/dates';
import { type Plan, planOf } from './data/filters';
import type { Index } from './data/index';
import { Names } from './data/names';
import { type Query, readQuery, valueOf, valuesOf, writeQuery } from './data/query';
import { ask, keptAnswer } from './data/remote';
import { type Found, type Results, resultsOf } from './data/results';
import { page } from './page';

export const VIEWS = ['timeline', 'map', 'network'] as const;
export type View = (typeof VIEWS)[number];
export const REGIONS = ['far_east', 'eurasia'] as const;
export type Region = (typeof REGIONS)[number];

/** The first and the last day that the timeline shows. */
export interface Frame {
  first: number;
  last: number;
}

/** What became of the filters that the server decides. */
export type Remote = 'none' | 'asked' | 'answered' | 'failed';

export interface Store {
  index: ReadonlySignal<Index>;
  names: ReadonlySignal<Names>;
  query: ReadonlySignal<Query>;
  view: ReadonlySignal<View>;
  /** The region of the map that the visitor chose; null if it follows the places in the query. */
  region: ReadonlySignal<Region | null>;
  /** The days that the visitor chose for the timeline; null if they follow the events. */
  frame: ReadonlySignal<Frame | null>;
  /** The part of the address from `#` on, which names the view; empty for the first one. */
  fragment: ReadonlySignal<string>;
  plan: ReadonlySignal<Plan>;
  results: ReadonlySignal<Results>;
  remote: ReadonlySignal<Remote>;
  /** Why the server did not answer; empty if it cannot be reached. */
  failure: ReadonlySignal<string>;
  /** The event that was selected in a view, by its number; -1 for none. */
  selected: ReadonlySignal<number>;
  go(query: Query): void;
  show(view: View): void;
  showRegion(region: Region): void;
  showFrame(frame: Frame): void;
  select(event: number): void;
  /** Replace the data by a newer index. */
  use(index: Index): void;
}

export function makeStore(first: Index): Store {
  const index = signal(first);
  const names = computed(() => new Names(index.value));
  const query = signal(asMeant(readQuery(location.search)));
  const view = signal<View>(viewOf(location.hash) ?? 'timeline');
  const region = signal(regionOf(location.hash));
  const frame = signal(frameOf(location.hash));
  const fragment = computed(() => fragmentOf(view.value, region.value, frame.value));
  const selected = signal(-1);
  const plan = computed(() => planOf(index.value, query.value));
  const asked = computed(() => JSON.stringify(plan.value.questions));
  const remote = signal<Remote>('none');
  const failure = signal('');

  let request = new AbortController();
  // A number that changes when the server may be asked once more.
  const attempt = signal(0);
  addEventListener('online', () => { if (remote.peek() === 'failed') attempt.value += 1; });
  effect(() => {
    void asked.value;
    void attempt.value;
    request.abort();
    const { questions } = plan.peek();
    if (questions.every(({ query }) => keptAnswer(index.peek(), query))) {
      remote.value = questions.length > 0 ? 'answered' : 'none';
      return;
    }
    const { signal: aborted } = (request = new AbortController());
    remote.value = 'asked';
    Promise.all(questions.map(({ query }) => ask(page.matches, query, aborted))).then(
      () => { if (!aborted.aborted) remote.value = 'answered'; },
      (error: unknown) => {
        if (aborted.aborted) return;
        // A failed fetch is a TypeError, whose words are the browser's.
        batch(() => {
          failure.value = error instanceof TypeError ? '' : String((error as Error).message);
          remote.value = 'failed';
        });
      },
    );
  });

  let last: Results | null = null;
  const results = computed(() => {
    // Nothing changes until the server answers.
    if (remote.value === 'asked' && last) return last;
    const found: Found = new Map();
    for (const { name, query } of plan.value.questions) {
      const events = keptAnswer(index.value, query);
      if (events) found.set(name, events);
    }
    return (last = resultsOf(index.value, plan.value, found, valueOf(query.value, 'sort') ?? '-date'));
  });

  addEventListener('popstate', () => {
    // Another fragment, such as the one of the link to the content, chooses no view.
    const shown = location.hash ? viewOf(location.hash) : 'timeline';
    batch(() => {
      query.value = asMeant(readQuery(location.search));
      selected.value = -1;
      if (shown === undefined) return;
      view.value = shown;
      region.value = regionOf(location.hash) ?? (shown === 'map' ? null : region.value);
      frame.value = frameOf(location.hash) ?? (shown === 'timeline' ? null : frame.value);
    });
  });
  // A view is no step back.
  const addressOf = (shown: Query) => `${page.explore}${writeQuery(shown)}${fragment.peek()}`;
  const replace = () => history.replaceState(null, '', addressOf(query.peek()));
  return {
    index, names, query, view, region, frame, fragment, plan, results, remote, failure, selected,
    go(wanted) {
      const next = withoutIdle(wanted);
      const search = writeQuery(next);
      if (search === writeQuery(query.peek())) return;
      batch(() => {
        // Another period shows other years.
        if (String(valuesOf(next, 'date')) !== String(valuesOf(query.peek(), 'date'))) frame.value = null;
        history.pushState(null, '', addressOf(next));
        query.value = next;
        selected.value = -1;
      });
    },
    show(next) {
      view.value = next;
      replace();
    },
    showRegion(next) {
      region.value = next;
      replace();
    },
    showFrame({ first, last }) {
      frame.value = { first: Math.round(first), last: Math.round(last) };
      replace();
    },
    select(event) { selected.value = event; },
    use(next) { index.value = next; },
  };
}

/** Return the query without an order that the server refuses: without words, no event matches them best. */
function withoutIdle(query: Query): Query {
  return valueOf(query, 'q') === undefined ? query.filter(([name, value]) => name !== 'sort' || value !== 'relevance') : query;
}

/** Return the query with the ids that the index has: of records into which others were merged. */
function asMeant(query: Query): Query {
  return query.map(([name, value]) => [name, page.meant.find(([of, id]) => of === name && id === value)?.[2] ?? value]);
}

function viewOf(hash: string): View | undefined {
  if (regionOf(hash)) return 'map';
  return frameOf(hash) ? 'timeline' : VIEWS.find((view) => hash === `#${view}`);
}

/** Return the region in a fragment such as `#map-eurasia`. */
function regionOf(hash: string): Region | null {
  return REGIONS.find((region) => hash === `#map-${region}`) ?? null;
}

/** Return the days in a fragment such as `#timeline-1990-03-01/1995-12-31`. */
function frameOf(hash: string): Frame | null {
  const text = /^#timeline-(\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d)$/.exec(hash)?.[1];
  const range = text && parseRange(text);
  return range ? { first: range[0], last: range[1] } : null;
}

function fragmentOf(view: View, region: Region | null, frame: Frame | null): string {
  if (view === 'timeline') return frame ? `#timeline-${isoOf(frame.first)}/${isoOf(frame.last)}` : '';
  return view === 'map' && region ? `#map-${region}` : `#${view}`;
}
