/** The events that meet the filters, and the counts of each facet under the other filters; of people, in the list. */
import { yearOf } from './dates';
import { type Filter, type Manner, type Plan, type Question, fits, meets, tookPart } from './filters';
import { type Index, type Lists, OPEN_END, OPEN_START, type Value } from './index';

export interface Counted {
  number: number;
  events: number;
}

export interface Facet {
  name: string;
  values: Value[];
  /** The values of some event, the most frequent first, ties by id. */
  counts: Counted[];
}

export interface Results {
  /** The numbers of the events, in the order of the list. */
  matches: Int32Array;
  /** Return the counts of a facet, which are made when they are first asked for. */
  facet: (name: FacetName) => Facet;
  /** The number of events in each year, under all filters but the date. */
  years: Map<number, number>;
  /** Under all filters but the place: events without a place. */
  placeless: number[];
}

/** Facets in the order of the page; those of `FURTHER` are closed until the reader opens them. */
export const FURTHER = ['subtype', 'role', 'office', 'confidence'] as const;
export const FACETS = ['type', 'participant', 'place', 'side', 'tag', 'status', 'house', ...FURTHER] as const;
export type FacetName = (typeof FACETS)[number];

const NO_OFFICE: Value = { id: '', label: '' };

/** How many filters an event fails, and the only one if it is one. */
interface Failures {
  number: Uint8Array;
  only: Int8Array;
}

/** The events that the server found for each question, in its order. */
export type Found = Map<Question['name'], Int32Array>;

export function resultsOf(index: Index, plan: Plan, found: Found, sort: string): Results {
  const filters: Filter[] = [...plan.filters];
  for (const [name, events] of found) {
    const among = new Set(events);
    filters.push({ name, test: (i) => among.has(i) });
  }
  const failures = failuresOf(index.events.count, filters);
  const passing = (name: string) => except(failures, filters.findIndex((filter) => filter.name === name));
  const matches: number[] = [];
  for (let i = 0; i < index.events.count; i += 1) if (failures.number[i] === 0) matches.push(i);
  const facets = new Map<FacetName, Facet>();
  const facet = (name: FacetName): Facet => {
    const made = facets.get(name) ?? facetOf(index, name, plan, passing(FILTERS[name] ?? name));
    facets.set(name, made);
    return made;
  };
  const { starts } = index.events.places;
  const isPlaceless = passing('place');
  return {
    matches: inOrder(index, matches, sort, found.get('others')),
    facet,
    years: yearsOf(index, plan.isCertain, passing('date')),
    placeless: [...Array(index.events.count).keys()].filter((i) => starts[i] === starts[i + 1] && isPlaceless(i)),
  };
}

/** Facets whose filter has another name. A further person narrows the list, so no filter is left out for people. */
const FILTERS: Partial<Record<string, string>> = {
  participant: '', role: 'people', office: 'people', side: 'people',
};

function failuresOf(count: number, filters: Filter[]): Failures {
  const [number, only] = [new Uint8Array(count), new Int8Array(count).fill(-1)];
  filters.forEach(({ test }, at) => {
    for (let i = 0; i < count; i += 1) {
      if (!test(i)) {
        number[i]! += 1;
        only[i] = at;
      }
    }
  });
  return { number, only };
}

/** Return a test of whether an event meets all filters but one. */
function except({ number, only }: Failures, filter: number): (event: number) => boolean {
  return (i) => number[i] === 0 || (number[i] === 1 && filter >= 0 && only[i] === filter);
}

function facetOf(index: Index, name: FacetName, plan: Plan, passes: (event: number) => boolean): Facet {
  const { events } = index;
  switch (name) {
    case 'type': return counted(name, index.types, ofColumn(events.raw.type, index.types.length, passes));
    case 'subtype': return counted(name, index.subtypes, ofColumn(events.raw.subtype, index.subtypes.length, passes));
    case 'confidence': return counted(name, index.confidences, ofColumn(events.raw.confidence, index.confidences.length, passes));
    case 'status': return counted(name, index.statuses, ofColumn(events.raw.status, index.statuses.length, passes));
    case 'place': return counted(name, index.places, ofLists(plan.isWithin ? events.placesWithin : events.places, index.places.length, passes));
    case 'tag': return counted(name, index.tags, ofLists(plan.isWithin ? events.tagsWithin : events.tags, index.tags.length, passes));
    case 'house': return counted(name, index.houses, ofLists(events.houses, index.houses.length, passes));
    case 'participant': return counted(name, index.participants, ofParts(index, index.participants.length, plan.manner, passes, (who) => who));
    case 'role': return counted(name, index.roles, ofManners(index, index.roles.length, plan.manner, 'roles', passes, (_who, role) => role));
    case 'side': return counted(name, index.countries, ofManners(index, index.countries.length, plan.manner, 'sides', passes, (_who, _role, side) => side));
    case 'office': return counted(name, [NO_OFFICE, ...index.offices], ofOffices(index, plan.manner, passes));
  }
}

function counted(name: string, values: Value[], counts: Uint32Array): Facet {
  const found: Counted[] = [];
  counts.forEach((events, number) => { if (events > 0) found.push({ number, events }); });
  found.sort((a, b) => b.events - a.events || compare(values[a.number]!.id, values[b.number]!.id));
  return { name, values, counts: found };
}

/** Compare two ids as the server does, which knows no language. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function ofColumn(column: number[], length: number, passes: (event: number) => boolean): Uint32Array {
  const counts = new Uint32Array(length);
  column.forEach((value, i) => { if (passes(i)) counts[value]! += 1; });
  return counts;
}

function ofLists({ starts, values }: Lists, length: number, passes: (event: number) => boolean): Uint32Array {
  const counts = new Uint32Array(length);
  for (let i = 0; i + 1 < starts.length; i += 1) {
    if (passes(i)) for (let at = starts[i]!; at < starts[i + 1]!; at += 1) counts[values[at]!]! += 1;
  }
  return counts;
}

/** Count the events that would match with each value in place of those that the filters have for it. */
function ofManners(
  index: Index, length: number, manner: Manner, name: 'roles' | 'sides' | 'offices', passes: (event: number) => boolean, value: PartValue,
): Uint32Array {
  const others = { ...manner, [name]: null };
  const [first] = manner.every;
  if (first === undefined) return ofParts(index, length, others, passes, value, manner.named);
  // Each participant must have the same value, so the first one has it too.
  const having = (event: number, its: number) => meets(index, event, { ...others, [name]: new Set([its]) });
  return ofParts(index, length, others, passes, value, new Set([first]), having);
}

/** Offices count from 1 in participations, and 0 is none, which is no value of the facet. */
function ofOffices(index: Index, manner: Manner, passes: (event: number) => boolean): Uint32Array {
  const counts = ofManners(index, index.offices.length + 1, manner, 'offices', passes, (_who, _role, _side, office) => office);
  counts[0] = 0;
  return counts;
}

type PartValue = (who: number, role: number, side: number, office: number) => number;

/** Count the events by a value of their participations in the manner, or of those of some, each value once for an event. */
function ofParts(
  index: Index, length: number, manner: Manner, passes: (event: number) => boolean, value: PartValue,
  some: Set<number> | null = null, holds: (event: number, its: number) => boolean = () => true,
): Uint32Array {
  const counts = new Uint32Array(length);
  const last = new Int32Array(length).fill(-1);
  for (let i = 0; i < index.events.count; i += 1) {
    if (!passes(i) || !meets(index, i, manner)) continue;
    tookPart(index, i, (who, role, side, office) => {
      const its = value(who, role, side, office);
      if (last[its] !== i && (some === null || some.has(who)) && fits(manner, role, side, office)) {
        last[its] = i;
        if (holds(i, its)) counts[its]! += 1;
      }
      return false;
    });
  }
  return counts;
}

/** Count the events that each year would find as `date`; an open end reaches to the years of other events. */
function yearsOf(index: Index, isCertain: boolean, passes: (event: number) => boolean): Map<number, number> {
  const { events } = index;
  const [from, to] = isCertain ? [events.started, events.ends] : [events.from, events.until];
  const spans: [number, number][] = [];
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < events.count; i += 1) {
    if (!passes(i)) continue;
    const span: [number, number] = [boundYear(from[i]!), boundYear(to[i]!)];
    for (const year of span) {
      if (Number.isFinite(year)) [least, most] = [Math.min(least, year), Math.max(most, year)];
    }
    spans.push(span);
  }
  const counts = new Map<number, number>();
  for (const [first, last] of spans) {
    for (let year = Math.max(first, least); year <= Math.min(last, most); year += 1) {
      counts.set(year, (counts.get(year) ?? 0) + 1);
    }
  }
  return counts;
}

const years = new Map<number, number>();

function boundYear(day: number): number {
  if (day <= OPEN_START) return -Infinity;
  if (day >= OPEN_END) return Infinity;
  let year = years.get(day);
  if (year === undefined) years.set(day, (year = yearOf(day)));
  return year;
}

function inOrder(index: Index, matches: number[], sort: string, found: Int32Array | undefined): Int32Array {
  const { sources, id } = index.events.raw;
  switch (sort) {
    // The events of the index are in the order of `-date`.
    case '-date': return Int32Array.from(matches);
    case 'date': return Int32Array.from(matches).reverse();
    case 'sources': return Int32Array.from(matches).sort((a, b) => sources[a]! - sources[b]! || compare(id[a]!, id[b]!));
    case '-sources': return Int32Array.from(matches).sort((a, b) => sources[b]! - sources[a]! || compare(id[b]!, id[a]!));
    default: {
      const among = new Set(matches);
      return (found ?? Int32Array.from(matches)).filter((i) => among.has(i));
    }
  }
}
