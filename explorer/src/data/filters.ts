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
  offices: Set<number> | null;
  /** The offices of the ranks that the query names. */
  ofRanks: Set<number> | null;
}

/** Parameters that say how others are meant, or which state and order. */
const MODES = ['certainty', 'within', 'as_of', 'release'];
/** Parameters that ask for participations together. */
const TOGETHER = ['participant', 'participant_all', 'role', 'side', 'office', 'rank'];
/** Orders that the index knows. */
const ORDERS = ['date', '-date', 'sources', '-sources'];

/** The spellings of a Boolean that the server takes. */
const TRUE = ['true', '1', 'on', 'yes', 't', 'y'];
const FALSE = ['false', '0', 'off', 'no', 'f', 'n'];

/** A filter that the server decides, and what to ask it. */
export interface Question {
  name: 'date' | 'others';
  query: Query;
}

/** The parts of a query: filters for the index, and questions to the server. */
export interface Plan {
  filters: Filter[];
  manner: Manner;
  /** The periods of the date; null for a form that only the server knows. */
  ranges: Range[] | null;
  isCertain: boolean;
  isWithin: boolean;
  questions: Question[];
}

export function planOf(index: Index, query: Query): Plan {
  const { events } = index;
  const filters: Filter[] = [];
  const decided = new Set(['sort', ...MODES, ...TOGETHER]);
  const isCertain = valueOf(query, 'certainty') === 'certain';
  const isWithin = !FALSE.includes(valueOf(query, 'within')?.toLowerCase() ?? '');

  const add = (name: string, values: Value[], test: (numbers: Set<number>) => Test) => {
    decided.add(name);
    const numbers = numbersOf(query, name, values);
    if (numbers !== null) filters.push({ name, test: test(numbers) });
  };

  const ranges = rangesOf(query);
  if (ranges !== null) {
    decided.add('date');
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
  add('treaty', index.treaties, (numbers) => (i) => numbers.has(events.raw.treaty[i]!) && events.raw.treaty[i]! >= 0);
  decided.add('id');
  const ids = new Set(valuesOf(query, 'id'));
  if (ids.size > 0) filters.push({ name: 'id', test: (i) => ids.has(events.raw.id[i]!) });
  add('company', index.participants, (numbers) => (i) => [...numbers].every((n) => includes(events.participants, i, n)));
  index.roles.forEach((role, at) => {
    add(role.id, index.participants, (numbers) => (i) => tookPart(index, i, (who, its) => its === at && numbers.has(who)));
  });
  const manner = mannerOf(index, query);
  if (manner.named || manner.every.length > 0 || hasManner(manner)) {
    filters.push({ name: 'people', test: (i) => meets(index, i, manner) });
  }
  for (const [name, test] of [
    ['min_sources', (least: number) => (i: number) => events.raw.sources[i]! >= least],
    ['max_sources', (most: number) => (i: number) => events.raw.sources[i]! <= most],
  ] as const) {
    decided.add(name);
    const value = valueOf(query, name);
    if (value !== undefined) filters.push({ name, test: test(Number(value)) });
  }
  decided.add('top');
  if (isTop(query)) filters.push({ name: 'top', test: (i) => events.raw.part[i] === 0 });
  return { filters, manner, ranges, isCertain, isWithin, questions: questionsOf(query, decided) };
}

/** Whether the query asks for occasions only, without their parts. */
export function isTop(query: Query): boolean {
  return TRUE.includes(valueOf(query, 'top')?.toLowerCase() ?? '');
}

/** Return the questions to the server: the date apart, because the counts of the years leave it out. */
function questionsOf(query: Query, decided: Set<string>): Question[] {
  const rest = query.filter(([name]) => !decided.has(name));
  const modes = query.filter(([name]) => MODES.includes(name));
  const order = valueOf(query, 'sort');
  const sort: Query = order !== undefined && !ORDERS.includes(order) ? [['sort', order]] : [];
  const dates = rest.filter(([name]) => name === 'date');
  const others = [...rest.filter(([name]) => name !== 'date'), ...sort];
  const questions: Question[] = [{ name: 'date', query: dates }, { name: 'others', query: others }];
  return questions.filter((each) => each.query.length > 0).map((each) => ({ ...each, query: [...each.query, ...modes] }));
}

function rangesOf(query: Query): Range[] | null {
  const ranges = valuesOf(query, 'date').map(parseRange);
  return ranges.every((range) => range !== null) ? ranges : null;
}

/** Return the numbers of the values in the query; null without one. A value that no event has is -1. */
function numbersOf(query: Query, name: string, values: Value[]): Set<number> | null {
  const wanted = valuesOf(query, name);
  // The server takes ids of publishers in any case.
  const isSame = (id: string, sent: string) => id === sent || (name === 'house' && id === sent.toLowerCase());
  return wanted.length === 0 ? null : new Set(wanted.map((sent) => values.findIndex(({ id }) => isSame(id, sent))));
}

function mannerOf(index: Index, query: Query): Manner {
  return {
    named: numbersOf(query, 'participant', index.participants),
    every: [...(numbersOf(query, 'participant_all', index.participants) ?? [])],
    roles: numbersOf(query, 'role', index.roles),
    sides: numbersOf(query, 'side', index.countries),
    offices: officesOf(query, 'office', index.offices, index, (_, n) => n),
    ofRanks: officesOf(query, 'rank', index.ranks, index, ({ rank }) => rank),
  };
}

type Office = Index['offices'][number];

/** Return the offices with one of the values of a parameter, as participations name them; null without a value. */
function officesOf(query: Query, name: string, values: Value[], index: Index, valueAt: (office: Office, n: number) => number): Set<number> | null {
  const wanted = numbersOf(query, name, values);
  return wanted && new Set(index.offices.flatMap((office, n) => (wanted.has(valueAt(office, n)) ? [n + 1] : [])));
}

function hasManner({ roles, sides, offices, ofRanks }: Manner): boolean {
  return roles !== null || sides !== null || offices !== null || ofRanks !== null;
}

/** Whether a participation is in the roles, for the sides, and in the offices of the ranks. */
export function fits({ roles, sides, offices, ofRanks }: Manner, role: number, side: number, office: number): boolean {
  return has(roles, role) && has(sides, side) && has(offices, office) && has(ofRanks, office);
}

function has(wanted: Set<number> | null, value: number): boolean {
  return wanted === null || wanted.has(value);
}

/** Whether an event has the participations: each named participant in the manner. */
export function meets(index: Index, event: number, manner: Manner): boolean {
  const { named, every } = manner;
  if (named && !tookPart(index, event, (who, ...its) => named.has(who) && fits(manner, ...its))) return false;
  for (const one of every) {
    if (!tookPart(index, event, (who, ...its) => who === one && fits(manner, ...its))) return false;
  }
  if (named || every.length > 0 || !hasManner(manner)) return true;
  return tookPart(index, event, (_, ...its) => fits(manner, ...its));
}

type PartTest = (who: number, role: number, side: number, office: number) => boolean;

/** Whether one participation of the event passes the test. */
export function tookPart(index: Index, event: number, test: PartTest): boolean {
  const { starts, values } = index.events.people;
  for (let at = starts[event]!; at < starts[event + 1]!; at += PART) {
    if (test(values[at]!, values[at + 1]!, values[at + 2]!, values[at + 3]!)) return true;
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
