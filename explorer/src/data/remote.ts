/** The filters that only the server decides: full text, offices, publishers and others. */
import type { Index } from './index';
import { type Query, writeQuery } from './query';

export interface Answer {
  /** Numbers of events in the order that the server was asked for. */
  events: Int32Array;
  /** Ids in the filters that no record has. */
  unknown: string[];
}

const kept = new Map<string, Answer>();

export function keptAnswer(query: Query): Answer | undefined {
  return kept.get(writeQuery(query));
}

/** Ask which events meet these filters. Events that the index does not have yet are left out. */
export async function ask(url: string, index: Promise<Index>, query: Query, signal: AbortSignal): Promise<Answer> {
  const search = writeQuery(query);
  const known = kept.get(search);
  if (known) return known;
  const response = await fetch(url + search, { signal });
  if (!response.ok) throw new Error(await reasonOf(response));
  const { ids, unknown } = (await response.json()) as { ids: string[]; unknown: string[] };
  const { numberOf } = (await index).events;
  const numbers = ids.flatMap((id) => numberOf.get(id) ?? []);
  const answer = { events: Int32Array.from(numbers), unknown };
  kept.set(search, answer);
  return answer;
}

/** Return the words of the problem document that the server answers. */
async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: string };
  return problem.detail ?? response.statusText;
}
