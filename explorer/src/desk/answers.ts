/** The answers of the API that the desk reads, as far as it reads them. */

export type Field = 'type' | 'subtype' | 'status' | 'date' | 'title' | 'summary' | 'place' | 'participants' | 'treaty' | 'relations';
export type Basis = 'stated' | 'inferred';
export type Texts = Record<string, string>;

export interface Selector {
  start: number;
  end: number;
}

export interface DraftEvent {
  id: string;
  comparison: {
    verdict: 'new' | 'known' | 'differs';
    event: string | null;
    adds: string[];
    differences: { field: Field; article: string; data: string }[];
  };
  types: { type: string; subtype: string }[];
  type: string;
  subtype: string;
  status: string;
  date: string;
  place: string | null;
  treaty: string | null;
  participants: { id: string | null; name: string; role: string; side: string; office: string | null }[];
  evidence: { supports: Field[]; basis: Basis; selector: Selector; quote: string; note: string | null }[];
}

export interface DraftAnswer {
  language: string;
  published: string;
  source: { id: string; known: boolean; language: string; published: string; url: string | null };
  events: DraftEvent[];
  unknown: { name: string; selector: Selector }[];
  unassigned_offices: { office: string; selector: Selector; reason: string }[];
  left_out: { selector: Selector; quote: string; reason: string }[];
}

/** The record of a stored event; keys that the desk does not edit are kept. */
export interface EventRecord {
  id: string;
  type: string;
  subtype: string;
  status: string;
  confidence: string;
  date: string;
  title: Texts;
  summary: Texts;
  place: string | null;
  treaty: string | null;
  participants: { id: string; role: string; side: string; office: string | null }[];
  sources: { source: string; evidence: object[] }[];
}

export interface Reviewed {
  kind: string;
  id: string;
  effect: 'create' | 'update' | 'withdraw' | 'restore';
  fields: { field: string; before: string | null; after: string | null }[];
}

export interface ImportAnswer {
  changes: { after: number; last: number } | null;
  review: {
    records: Reviewed[];
    more_records: number;
    warnings: { rule: string; id: string | null; detail: string }[];
  };
}

export interface ProblemItem {
  parameter: string | null;
  record: string | null;
  pointer: string | null;
  detail: string;
}

export interface Term {
  id: string;
  label: Texts;
  narrower: string[];
}

/** Return the text in a language, or otherwise in English. */
export function wordsIn(language: string, texts: Texts): string {
  return texts[language] ?? texts['en'] ?? '';
}
