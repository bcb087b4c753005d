/** The body of the import that the editor's candidates make, and where its errors belong. */
import type { Candidate, Evidence, Part, Values } from './candidates';
import { pointsBefore } from './spans';

/** The source of all evidence. */
export interface Source {
  id: string;
  isKnown: boolean;
  language: string;
  published: string;
  url: string;
  publisher: string;
  /** The name under which the text is on file; empty if it is not. */
  article: string;
}

export interface Body {
  json: string;
  /** The position among the candidates of each event of the body. */
  candidates: number[];
  /** The position among the sources of each event, and the number of its evidence that was stored before. */
  cited: [number, number][];
}

/** Return the body for the candidates that are not left out; null if there is none. */
export function bodyOf(candidates: Candidate[], source: Source, text: string): Body | null {
  const chosen = candidates.flatMap((each, at) => (each.action === 'drop' ? [] : [at]));
  if (chosen.length === 0) return null;
  const made = chosen.map((at) => eventOf(candidates[at]!, source, text));
  const body = {
    // The server finds the words of a source without an article under the id of the source.
    articles: { [source.article || source.id]: text },
    sources: source.isKnown ? [] : [sourceRecord(source)],
    events: made.map(({ event }) => event),
  };
  return { json: JSON.stringify(body), candidates: chosen, cited: made.map(({ cited }) => cited) };
}

function sourceRecord({ id, language, published, url, publisher, article }: Source): object {
  return withoutEmpty({ id, language, published, url, publisher, article });
}

function eventOf(candidate: Candidate, source: Source, text: string): { event: object; cited: [number, number] } {
  const { stored, values } = candidate;
  const sources = stored?.sources ?? [];
  const at = sources.findIndex((each) => each.source === source.id);
  const before = sources[at]?.evidence ?? [];
  const citation = { source: source.id, evidence: [...before, ...candidate.evidence.map((each) => proof(each, source, text))] };
  const cited = at < 0 ? [...sources, citation] : sources.map((each, n) => (n === at ? citation : each));
  const event = { ...stored, ...fieldsOf(values), sources: cited };
  return { event, cited: [at < 0 ? sources.length : at, before.length] };
}

function fieldsOf({ place, treaty, title, summary, participants, ...values }: Values): object {
  return {
    ...values,
    title: withoutEmpty(title),
    summary: withoutEmpty(summary),
    place: place || null,
    treaty: treaty || null,
    participants: participants.map(partOf),
  };
}

function partOf({ id, role, side, office, stored }: Part): object {
  return { ...stored, id, role, side, office: office || null };
}

/** Only an article on file has offsets; the server computes the digest of the quote. */
function proof({ supports, basis, note, start, end }: Evidence, source: Source, text: string): object {
  const selector = { start: pointsBefore(text, start), end: pointsBefore(text, end) };
  return {
    supports, basis,
    quote: text.slice(start, end),
    ...(source.article ? { selector } : {}),
    ...(basis === 'inferred' && note ? { note } : {}),
  };
}

function withoutEmpty(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** Return the place on the desk of a JSON Pointer into the body: `0/date`, `0/evidence/2/quote`, `source/url`. */
export function placeOf(pointer: string, body: Body): string {
  const [, kind, n, ...rest] = pointer.split('/');
  if (kind === 'sources') return ['source', ...rest].join('/');
  const at = body.candidates[Number(n)];
  if (kind !== 'events' || at === undefined) return '';
  const [source, before] = body.cited[Number(n)]!;
  if (rest[0] === 'sources' && rest[1] === String(source) && rest[2] === 'evidence') {
    return [at, 'evidence', Number(rest[3]) - before, ...rest.slice(4)].join('/');
  }
  return [at, ...rest].join('/');
}
