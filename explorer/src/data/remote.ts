/** The filters that only the server decides: full text, days of the year, publishers and others. */
import type { Index } from './index';
import { type Query, writeQuery } from './query';

/** The ids of each question that was answered, in the order of the answer. */
const kept = new Map<string, string[]>();

/** Return the events that an earlier answer to the same question has; undefined without one. */
export function keptAnswer(index: Index, query: Query): Int32Array | undefined {
  const ids = kept.get(writeQuery(query));
  // Events that the index does not have yet are left out.
  return ids && Int32Array.from(ids.flatMap((id) => index.events.numberOf.get(id) ?? []));
}

/** Ask which events meet these filters, unless an answer is kept. */
export async function ask(url: string, query: Query, signal?: AbortSignal): Promise<void> {
  const search = writeQuery(query);
  if (kept.has(search)) return;
  const response = await fetch(url + search, signal ? { signal } : {});
  if (!response.ok) throw new Error(await reasonOf(response));
  kept.set(search, ((await response.json()) as { ids: string[] }).ids);
}

/** Return the words of the problem document that the server answers. */
async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: string };
  return problem.detail ?? response.statusText;
}
