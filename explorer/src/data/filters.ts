/**
 * The filters that the index decides, each as a test of an event. The server decides all others.
 *
 * A filter means here what it means in the API, and a test compares both for many queries.
 */
import { type Range, parseRange } from './dates';
import { type Index, type Lists, PART, type Value } from './index';
import { type Query, valueOf, valuesOf } from './query';

export type Test = (event: number) => boolean;

/** A filter, and the facets whose counts suppose that it is not set. */
export interface Filter {
  name: string;
  test: Test;
}

/** The participations that a filter asks for: participants, and the roles and sides of theirs. */
export interface Manner {
  /** Any of them took part; null if nobody is named. */
  named: Set<number> | null;
  every: number[];
  roles: Set<number> | null;
  sides: Set<number> | null;
}

const TOGETHER = ['participant', 'participant_all', 'role', 'side'];
const OF_OFFICES = ['office', 'rank'];
const MODES = ['certainty', 'within', 'sort', 'as_of', 'release'];
/** Orders that the index knows. */
const ORDERS = ['date', '-date', 'sources', '-sources'];

/** The spellings of a Boolean that the server takes. */
const TRUE = ['true', '1', 'on', 'yes', 't', 'y'];
const FALSE = ['false', '0', 'off', 'no', 'f', 'n'];

/** The parts of a query: filters for the index, and the rest for the server. */
export interface Plan {
  filters: Filter[];
  manner: Manner | null;
  ranges: Range[] | null;
  isCertain: boolean;
  isWithin: boolean;
  remote: Query;
}

export function planOf(index: Index, query: Query): Plan {
  const { events } = index;
  const filters: Filter[] = [];
  const local = new Set(MODES);
  const isCertain = valueOf(query, 'certainty') === 'certain';
  const isWithin = !FALSE.includes(valueOf(query, 'within')?.toLowerCase() ?? '');

  /** Add a filter by its parameter, unless it has a value that the index does not have. */
  const add = (name: string, values: Value[], test: (numbers: Set<number>) => Test) => {
    const numbers = numbersOf(query, name, values);
    if (numbers === null) return;
    local.add(name);
    if (numbers.size > 0) filters.push({ name, test: test(numbers) });
  };

  const ranges = rangesOf(query);
  if (ranges !== null) {
    local.add('date');
    if (ranges.length > 0) filters.push({ name: 'date', test: overlaps(index, ranges, isCertain) });
  }
  for (const [name, values] of [
    ['type', index.types], ['subtype', index.subtypes], ['status', index.statuses], ['confidence', index.confidences],
  ] as const) {
    const column = events.raw[name];
    add(name, values, (numbers) => (i) => numbers.has(column[i]!));
  }
  add('place', index.places, (numbers) => anyOf(isWithin ? events.placesWithin : events.places, numbers));
  add('country', index.countries, (numbers) => anyOf(events.countries, numbers));
  add('tag', index.tags, (numbers) => anyOf(isWithin ? events.tagsWithin : events.tags, numbers));
  add('house', index.houses, (numbers) => anyOf(events.houses, numbers));
  add('treaty', index.treaties, (numbers) => (i) => numbers.has(events.raw.treaty[i]!));
  const ids = valuesOf(query, 'id');
  if (ids.length > 0 && ids.every((id) => events.numberOf.has(id))) {
    const numbers = new Set(ids.map((id) => events.numberOf.get(id)));
    local.add('id');
    filters.push({ name: 'id', test: (i) => numbers.has(i) });
  }
  add('company', index.participants, (numbers) => (i) => [...numbers].every((n) => includes(events.participants, i, n)));
  index.roles.forEach((role, at) => {
    add(role.id, index.participants, (numbers) => (i) => tookPart(index, i, (who, its) => its === at && numbers.has(who)));
  });
  const manner = mannerOf(index, query);
  if (manner !== null) {
    for (const name of TOGETHER) local.add(name);
    if (isAsked(manner)) filters.push({ name: 'people', test: (i) => meets(index, i, manner) });
  }
  for (const [name, test] of [
    ['min_sources', (least: number) => (i: number) => events.raw.sources[i]! >= least],
    ['max_sources', (most: number) => (i: number) => events.raw.sources[i]! <= most],
  ] as const) {
    local.add(name);
    const value = valueOf(query, name);
    if (value !== undefined) filters.push({ name, test: test(Number(value)) });
  }
  local.add('top');
  if (TRUE.includes(valueOf(query, 'top')?.toLowerCase() ?? '')) filters.push({ name: 'top', test: (i) => events.raw.part[i] === 0 });
  return { filters, manner, ranges, isCertain, isWithin, remote: remoteOf(query, local) };
}

/** Return the pairs that the server must decide, with the modes that tell how it must read them. */
function remoteOf(query: Query, local: Set<string>): Query {
  const order = valueOf(query, 'sort');
  const rest = query.filter(([name]) => !local.has(name) && name !== 'certainty');
  const sort: Query = order !== undefined && !ORDERS.includes(order) ? [['sort', order]] : [];
  if (rest.length + sort.length === 0) return [];
  // An order by relevance needs the words, which are among the rest.
  const modes = query.filter(([name]) => ['certainty', 'within', 'as_of', 'release'].includes(name));
  return [...rest, ...sort, ...modes];
}

function rangesOf(query: Query): Range[] | null {
  const ranges = valuesOf(query, 'date').map(parseRange);
  return ranges.every((range) => range !== null) ? ranges : null;
}

/** Return the numbers of the values in the query; null if the index lacks one of them. */
function numbersOf(query: Query, name: string, values: Value[]): Set<number> | null {
  const wanted = valuesOf(query, name);
  if (wanted.length === 0) return new Set();
  const numbers = wanted.map((id) => values.findIndex((value) => value.id === id));
  return numbers.includes(-1) ? null : new Set(numbers);
}

function mannerOf(index: Index, query: Query): Manner | null {
  if (OF_OFFICES.some((name) => valueOf(query, name) !== undefined)) return null;
  const [named, every, roles, sides] = [
    numbersOf(query, 'participant', index.participants),
    numbersOf(query, 'participant_all', index.participants),
    numbersOf(query, 'role', index.roles),
    numbersOf(query, 'side', index.countries),
  ];
  if (!named || !every || !roles || !sides) return null;
  const unlessEmpty = (set: Set<number>) => (set.size > 0 ? set : null);
  return { named: unlessEmpty(named), every: [...every], roles: unlessEmpty(roles), sides: unlessEmpty(sides) };
}

function isAsked({ named, every, roles, sides }: Manner): boolean {
  return Boolean(named ?? roles ?? sides) || every.length > 0;
}

/** Whether an event has the participations: each named participant in the roles and for the sides. */
export function meets(index: Index, event: number, { named, every, roles, sides }: Manner): boolean {
  const fits = (role: number, side: number) => (!roles || roles.has(role)) && (!sides || sides.has(side));
  if (named && !tookPart(index, event, (who, role, side) => named.has(who) && fits(role, side))) return false;
  for (const one of every) {
    if (!tookPart(index, event, (who, role, side) => who === one && fits(role, side))) return false;
  }
  if (named || every.length > 0 || !(roles || sides)) return true;
  return tookPart(index, event, (_, role, side) => fits(role, side));
}

/** Whether one participation of the event passes the test. */
export function tookPart(index: Index, event: number, test: (who: number, role: number, side: number) => boolean): boolean {
  const { starts, values } = index.events.people;
  for (let at = starts[event]!; at < starts[event + 1]!; at += PART) {
    if (test(values[at]!, values[at + 1]!, values[at + 2]!)) return true;
  }
  return false;
}

function overlaps(index: Index, ranges: Range[], isCertain: boolean): Test {
  const { events } = index;
  const [first, last] = isCertain ? [events.started, events.ends] : [events.from, events.until];
  return (i) => ranges.some(([from, to]) => first[i]! <= to && last[i]! >= from);
}

function anyOf({ starts, values }: Lists, wanted: Set<number>): Test {
  return (i) => {
    for (let at = starts[i]!; at < starts[i + 1]!; at += 1) if (wanted.has(values[at]!)) return true;
    return false;
  };
}

function includes({ starts, values }: Lists, event: number, wanted: number): boolean {
  return values.subarray(starts[event], starts[event + 1]).includes(wanted);
}
