/** The index of all events, as the server writes it, and its columns for filtering. */
import { asDate, isoOf } from './dates';

type Word = [id: string, label: string];
type Offset = number | null;

export interface RawIndex {
  thin: number[];
  words: Record<'type' | 'subtype' | 'status' | 'confidence' | 'role' | 'rank', Word[]>;
  participants: [id: string, kind: string, name: string, ...others: string[]][];
  places: [id: string, name: string, country: number, longitude: number, latitude: number, whole: number, ...others: string[]][];
  tags: [id: string, name: string, broader: number][];
  offices: [id: string, name: string, rank: number][];
  houses: Word[];
  treaties: string[];
  countries: Word[];
  /** Dates in words, with `{y}` and `{d}` in place of the year and the day; one pattern for each month. */
  dates: { day: string[]; month: string[]; year: string };
  /** The participations, each of `PART` values. */
  parts: number[];
  events: {
    /** The rest of an id that begins with the first day of the event, from its hyphen on; other ids are whole. */
    id: string[];
    title: string[];
    language: string[];
    /** Empty for a date that a pattern makes. */
    when: string[];
    from: Offset[];
    started: number[];
    ends: number[];
    until: Offset[];
    /** 1 for a date that is marked approximate or uncertain. */
    doubt: number[];
    type: number[];
    subtype: number[];
    status: number[];
    confidence: number[];
    sources: number[];
    part: number[];
    treaty: number[];
    places: number[][];
    tags: number[][];
    houses: number[][];
    /** The numbers of participations. */
    people: number[][];
  };
}

/** Days that stand for an open beginning and an open end. */
export const OPEN_START = -1e7;
export const OPEN_END = 1e7;

/** The values of each event, in one array: those of event `i` lie from `starts[i]` to `starts[i + 1]`. */
export interface Lists {
  starts: Uint32Array;
  values: Uint16Array;
}

export interface Value {
  id: string;
  label: string;
}

export interface Person extends Value {
  kind: string;
  others: string[];
}

export interface Place extends Value {
  country: number;
  longitude: number;
  latitude: number;
  /** The number of the place around this one; -1 for none. */
  whole: number;
  others: string[];
}

/** A participation: a participant, a role, a side and an office; offices count from 1, and 0 is none. */
export const PART = 4;

export interface Events {
  count: number;
  raw: RawIndex['events'];
  /** The first and last day on which an event may have begun and ended, in days since 1970. */
  from: Int32Array;
  started: Int32Array;
  ends: Int32Array;
  until: Int32Array;
  people: Lists;
  places: Lists;
  /** With each place around a place. */
  placesWithin: Lists;
  countries: Lists;
  tags: Lists;
  tagsWithin: Lists;
  houses: Lists;
  participants: Lists;
  numberOf: Map<string, number>;
}

export interface Index {
  events: Events;
  thin: Set<number>;
  types: Value[];
  subtypes: Value[];
  statuses: Value[];
  confidences: Value[];
  roles: Value[];
  ranks: Value[];
  offices: (Value & { rank: number })[];
  participants: Person[];
  places: Place[];
  tags: (Value & { broader: number })[];
  houses: Value[];
  treaties: Value[];
  countries: Value[];
  dates: RawIndex['dates'];
}

export function readIndex(raw: RawIndex): Index {
  const values = (words: Word[]): Value[] => words.map(([id, label]) => ({ id, label }));
  const places = raw.places.map(([id, label, country, longitude, latitude, whole, ...others]) => ({
    id, label, country, longitude, latitude, whole, others,
  }));
  const tags = raw.tags.map(([id, label, broader]) => ({ id, label, broader }));
  return {
    events: readEvents(raw, places, tags.map((tag) => tag.broader)),
    thin: new Set(raw.thin),
    types: values(raw.words.type),
    subtypes: values(raw.words.subtype),
    statuses: values(raw.words.status),
    confidences: values(raw.words.confidence),
    roles: values(raw.words.role),
    ranks: values(raw.words.rank),
    offices: raw.offices.map(([id, label, rank]) => ({ id, label, rank })),
    participants: raw.participants.map(([id, kind, label, ...others]) => ({ id, kind, label, others })),
    places,
    tags,
    houses: values(raw.houses),
    treaties: raw.treaties.map((id) => ({ id, label: id })),
    countries: values(raw.countries),
    dates: raw.dates,
  };
}

function readEvents(index: RawIndex, places: Place[], broader: number[]): Events {
  const raw = index.events;
  const count = raw.id.length;
  const base = (i: number) => raw.from[i] ?? 0;
  const days = (day: (i: number) => number) => Int32Array.from({ length: count }, (_, i) => day(i));
  const wholes = places.map((place) => place.whole);
  const ids = raw.id.map((id, i) => (id.startsWith('-') ? isoOf(raw.from[i]!) + id : id));
  const partsOf = raw.people.map((numbers) => numbers.flatMap((part) => index.parts.slice(part * PART, (part + 1) * PART)));
  return {
    count,
    raw: { ...raw, id: ids },
    from: days((i) => raw.from[i] ?? OPEN_START),
    started: days((i) => base(i) + raw.started[i]!),
    ends: days((i) => base(i) + raw.ends[i]!),
    until: days((i) => (raw.until[i] == null ? OPEN_END : base(i) + raw.until[i]!)),
    people: lists(partsOf),
    participants: lists(raw.people.map((numbers) => distinct(numbers.map((part) => index.parts[part * PART]!)))),
    places: lists(raw.places),
    placesWithin: lists(raw.places.map((each) => withWholes(each, wholes))),
    countries: lists(raw.places.map((each) => distinct(each.map((place) => places[place]!.country)))),
    tags: lists(raw.tags),
    tagsWithin: lists(raw.tags.map((each) => withWholes(each, broader))),
    houses: lists(raw.houses),
    numberOf: new Map(ids.map((id, i) => [id, i])),
  };
}

/** Return the date of an event in words. */
export function whenOf({ dates, events }: Index, event: number): string {
  const words = events.raw.when[event]!;
  if (words) return words;
  const [first, last] = [asDate(events.from[event]!), asDate(events.until[event]!)];
  const [month, day] = [first.getUTCMonth(), first.getUTCDate()];
  const pattern = +first === +last ? dates.day[month]! : month === last.getUTCMonth() ? dates.month[month]! : dates.year;
  return pattern.replace('{y}', String(first.getUTCFullYear())).replace('{d}', String(day));
}

function withWholes(values: number[], wholes: number[]): number[] {
  const found = new Set<number>();
  for (const value of values) {
    for (let of = value; of >= 0 && !found.has(of); of = wholes[of]!) found.add(of);
  }
  return [...found];
}

function distinct(values: number[]): number[] {
  return values.length > 1 ? [...new Set(values)] : values;
}

function lists(of: number[][]): Lists {
  const starts = new Uint32Array(of.length + 1);
  of.forEach((values, i) => { starts[i + 1] = starts[i]! + values.length; });
  return { starts, values: Uint16Array.from(of.flat()) };
}
