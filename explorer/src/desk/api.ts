/** Requests to the API. The key travels in a header and nowhere else. */
import { say } from '../texts';
import { type DraftAnswer, type EventRecord, type ImportAnswer, type ProblemItem, type Term, type Texts, wordsIn } from './answers';
import { desk } from './page';

/** An answer that refuses, in the words of its problem document. */
export class Refusal extends Error {
  constructor(readonly status: number, detail: string, readonly errors: ProblemItem[]) {
    super(detail);
  }
}

async function ask<T>(path: string, init: RequestInit = {}, key = ''): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  // Other characters fit into no header.
  if (!/^[!-~]*$/.test(key)) throw new Error(say('key_wrong'));
  if (key) headers.set('Authorization', `Bearer ${key}`);
  const response = await fetch(`${desk.api}/${path}`, { ...init, headers });
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; errors?: ProblemItem[] };
  throw new Refusal(response.status, problem.detail ?? `${response.status} ${response.statusText}`, problem.errors ?? []);
}

function post<T>(path: string, key: string, body = '', headers: Record<string, string> = {}): Promise<T> {
  const type: Record<string, string> = body ? { 'Content-Type': 'application/json' } : {};
  return ask<T>(path, { method: 'POST', body: body || null, headers: { ...type, ...headers } }, key);
}

export function draft(key: string, asked: object): Promise<DraftAnswer> {
  return post('drafts', key, JSON.stringify(asked));
}

export function check(key: string, body: string): Promise<ImportAnswer> {
  return post('imports?dry_run=true', key, body);
}

/** Write; the same token never writes twice, so a request without an answer can be repeated. */
export function write(key: string, body: string, reason: string, token: string): Promise<ImportAnswer> {
  return post(`imports${search({ reason })}`, key, body, { 'Idempotency-Key': token });
}

export function revert(key: string, seq: number, isDry: boolean, reason = ''): Promise<ImportAnswer> {
  return post(`imports/${seq}/revert${search({ dry_run: isDry ? 'true' : '', reason })}`, key);
}

export function recordOf(key: string, event: string): Promise<EventRecord> {
  return ask(`events/${encodeURIComponent(event)}/record`, {}, key);
}

/** Return the name of the article that a stored source has; empty if it has none. */
export async function articleOf(key: string, source: string): Promise<string> {
  return (await ask<{ article: string | null }>(`sources/${encodeURIComponent(source)}`, {}, key)).article ?? '';
}

/** Return the terms of each vocabulary. */
export async function vocabularies(): Promise<Record<string, Term[]>> {
  const { items } = await ask<{ items: { id: string; terms: Term[] }[] }>('vocabularies');
  return Object.fromEntries(items.map(({ id, terms }) => [id, terms]));
}

export type Collection = 'participants' | 'places' | 'offices' | 'treaties' | 'publishers';

export interface Named {
  id: string;
  label: string;
}

export async function find(collection: Collection, words: string, signal: AbortSignal): Promise<Named[]> {
  const path = `${collection}${search({ q: words, limit: '8' })}`;
  const { items } = await ask<{ items: { id: string; names: Texts }[] }>(path, { signal });
  return items.map(({ id, names }) => ({ id, label: wordsIn(desk.language, names) }));
}

/** Return the name of an entity; empty if it does not exist. */
export async function nameOf(collection: Collection, id: string): Promise<string> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return '';
  const entity = await ask<{ names: Texts }>(`${collection}/${id}`).catch(() => null);
  return entity ? wordsIn(desk.language, entity.names) : '';
}

function search(parameters: Record<string, string>): string {
  const given = Object.entries(parameters).filter(([, value]) => value);
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}
