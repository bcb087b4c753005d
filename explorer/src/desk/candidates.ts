/** A candidate event as the editor sees it: values for its fields, and the words that support them. */
import type { Basis, DraftAnswer, DraftEvent, EventRecord, Field, Texts } from './answers';
import { type Span, unitsBefore } from './spans';

/** A new event, additions to the stored one that the draft found, or nothing. */
export type Action = 'new' | 'known' | 'drop';

/** Words of the text, in UTF-16 units, and the fields that they support. */
export interface Evidence extends Span {
  supports: Field[];
  basis: Basis;
  note: string;
}

export interface Part {
  id: string;
  role: string;
  side: string;
  office: string;
  /** The name as the text has it; empty without one. */
  named: string;
  /** The part in the stored record, whose other values are kept. */
  stored: object;
}

export interface Values {
  id: string;
  type: string;
  subtype: string;
  status: string;
  confidence: string;
  date: string;
  place: string;
  treaty: string;
  title: Texts;
  summary: Texts;
  participants: Part[];
}

export interface Candidate {
  draft: DraftEvent | null;
  action: Action;
  /** The stored record to which the candidate adds; null for a new event. */
  stored: EventRecord | null;
  values: Values;
  evidence: Evidence[];
}

export type Simple = 'id' | 'type' | 'subtype' | 'status' | 'confidence' | 'date' | 'place' | 'treaty';

const EMPTY: Values = {
  id: '', type: '', subtype: '', status: '', confidence: '', date: '', place: '', treaty: '', title: {}, summary: {}, participants: [],
};
const NOBODY: Part = { id: '', role: '', side: '', office: '', named: '', stored: {} };

export const emptyPart = (): Part => ({ ...NOBODY });

/** Return the candidates of a draft. A similar event is left out until the editor decides. */
export function candidatesOf(answer: DraftAnswer, text: string): Candidate[] {
  return answer.events.map((event) => ({
    ...drafted(event, text),
    action: event.comparison.verdict === 'new' ? 'new' : 'drop',
  }));
}

export function emptyCandidate(): Candidate {
  return { draft: null, action: 'new', stored: null, values: EMPTY, evidence: [] };
}

/** Return the candidate as the draft has it, for a new event. */
export function drafted(event: DraftEvent, text: string): Candidate {
  const { id, type, subtype, status, date } = event;
  const values: Values = {
    ...EMPTY, id, type, subtype, status, date,
    confidence: status === 'reported' ? 'low' : 'medium',
    place: event.place ?? '',
    treaty: event.treaty ?? '',
    participants: event.participants.map((part) => (
      { ...NOBODY, id: part.id ?? '', role: part.role, side: part.side, office: part.office ?? '', named: part.name }
    )),
  };
  return { draft: event, action: 'new', stored: null, values, evidence: evidenceOf(event, text) };
}

/** Return the candidate as additions to a stored event, without evidence for fields in which it differs. */
export function added(event: DraftEvent, stored: EventRecord, text: string): Candidate {
  const differing = event.comparison.differences.map(({ field }) => field);
  const evidence = differing.reduce((kept, field) => withoutSupport(kept, field), evidenceOf(event, text));
  const { id, type, subtype, status, confidence, date, title, summary } = stored;
  const values: Values = {
    id, type, subtype, status, confidence, date, title, summary,
    place: stored.place ?? '',
    treaty: stored.treaty ?? '',
    participants: stored.participants.map((part) => (
      { ...NOBODY, id: part.id, role: part.role, side: part.side, office: part.office ?? '', stored: part }
    )),
  };
  return { draft: event, action: 'known', stored, values, evidence };
}

function evidenceOf(event: DraftEvent, text: string): Evidence[] {
  return event.evidence.map(({ supports, basis, selector, note }) => ({
    supports, basis, note: note ?? '',
    start: unitsBefore(text, selector.start),
    end: unitsBefore(text, selector.end),
  }));
}

/** Return the evidence without support for a field; evidence that supports no other field goes. */
export function withoutSupport(evidence: Evidence[], field: Field, only?: Evidence): Evidence[] {
  return evidence
    .map((each) => (only && each !== only ? each : { ...each, supports: each.supports.filter((other) => other !== field) }))
    .filter((each) => each.supports.length > 0);
}

/** Return the evidence with these words for a field: beside others for participants, otherwise in their place. */
export function withSupport(evidence: Evidence[], field: Field, { start, end }: Span): Evidence[] {
  const others = field === 'participants' ? evidence : withoutSupport(evidence, field);
  if (others.some((each) => each.start === start && each.end === end && each.supports.includes(field))) return others;
  const same = others.find((each) => each.start === start && each.end === end && each.basis === 'stated');
  if (same) return others.map((each) => (each === same ? { ...each, supports: [...each.supports, field] } : each));
  return [...others, { supports: [field], basis: 'stated', note: '', start, end }];
}
