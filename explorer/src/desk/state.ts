/** The state of the desk, and what its buttons do. Nothing of it is stored, except the key if the editor asks for it. */
import { batch, computed, signal } from '@preact/signals';
import type { DraftAnswer, Field, ImportAnswer, ProblemItem, Term } from './answers';
import * as api from './api';
import { type Body, type Source, bodyOf, placeOf } from './body';
import { type Action, type Candidate, type Evidence, type Values, added, candidatesOf, drafted, emptyCandidate, withSupport } from './candidates';
import { say } from '../texts';
import { type Span, trimmed } from './spans';

/** An error, and where it belongs: a field of the desk, or nowhere. */
export interface Fault {
  place: string;
  detail: string;
  /** The id of the record; empty for none. */
  record: string;
}

export interface Failure {
  detail: string;
  /** Whether the words are the server's, which are English. */
  isServers: boolean;
  faults: Fault[];
}

const KEPT = 'timeline-desk-key';

export const key = signal(sessionStorage.getItem(KEPT) ?? '');
export const isKept = signal(key.value !== '');
export const vocabulary = signal<Record<string, Term[]>>({});
/** What the editor gave to be drafted. */
export const asked = signal({ text: '', published: '', language: '', source: '', url: '' });
export const answer = signal<DraftAnswer | null>(null);
export const candidates = signal<Candidate[]>([]);
export const source = signal<Source>({ id: '', isKnown: false, language: '', published: '', url: '', publisher: '', article: '' });
export const reason = signal('');
/** The words that the editor selected last. */
export const selected = signal<Span | null>(null);
/** The fields in hand, by the number of the candidate; their words are marked in the text. */
export const marked = signal<{ candidate: number; fields: Field[] } | null>(null);
export const isBusy = signal(false);
export const failure = signal<Failure | null>(null);
/** The review of a dry run, and the body that it reviewed. */
export const review = signal<{ answer: ImportAnswer; json: string } | null>(null);
export const written = signal<ImportAnswer | null>(null);
/** Whether the last write was an undo, which can be undone too. */
export const isUndone = signal(false);
/** The review of an undo before it is done. */
export const undo = signal<ImportAnswer | null>(null);

export const text = computed(() => asked.value.text);
const body = computed(() => (answer.value ? bodyOf(candidates.value, source.value, text.value) : null));
/** Whether the review is about the present state. */
export const isChecked = computed(() => review.value !== null && review.value.json === body.value?.json);

export function useKey(value: string, keep: boolean): void {
  batch(() => { key.value = value; isKept.value = keep; });
  if (keep && value) sessionStorage.setItem(KEPT, value);
  else sessionStorage.removeItem(KEPT);
}

/** Run one request at a time, and show why it failed. */
async function run(action: () => Promise<void>, sent: Body | null = null): Promise<void> {
  if (isBusy.value) return;
  batch(() => { isBusy.value = true; failure.value = null; });
  try {
    await action();
  } catch (error) {
    failure.value = failureOf(error, sent);
  } finally {
    isBusy.value = false;
  }
}

function failureOf(error: unknown, sent: Body | null): Failure {
  if (error instanceof api.Refusal) {
    const faults = error.errors.map((item) => ({ place: placeOfItem(item, sent), detail: item.detail, record: item.record ?? '' }));
    return { detail: error.message, isServers: true, faults };
  }
  // A failed fetch is a TypeError, whose words are the browser's.
  if (error instanceof TypeError) return { detail: say('no_answer'), isServers: false, faults: [] };
  return { detail: (error as Error).message, isServers: false, faults: [] };
}

function placeOfItem({ parameter, pointer }: ProblemItem, sent: Body | null): string {
  if (parameter) return parameter;
  if (!pointer) return '';
  return sent ? placeOf(pointer, sent) : `asked${pointer}`;
}

/** Return the errors at one of these places of the desk. */
export function faultsAt(...places: string[]): Fault[] {
  return (failure.value?.faults ?? []).filter(({ place }) => places.includes(place));
}

export function makeDraft(): Promise<void> {
  return run(async () => {
    const { text, ...rest } = asked.value;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
    const made = await api.draft(key.value, { text, ...given });
    const { id, known, language, published, url } = made.source;
    const stored = known ? await api.articleOf(key.value, id) : '';
    batch(() => {
      answer.value = made;
      source.value = { id, isKnown: known, language, published, url: url ?? '', publisher: '', article: known || url ? stored : id };
      candidates.value = candidatesOf(made, text);
      selected.value = marked.value = review.value = written.value = undo.value = null;
    });
  });
}

/** Go back to the form, which keeps the text. */
export function startAgain(): void {
  batch(() => { answer.value = null; failure.value = review.value = written.value = undo.value = null; });
}

export function change(at: number, changes: Partial<Candidate>): void {
  candidates.value = candidates.value.map((each, n) => (n === at ? { ...each, ...changes } : each));
}

export function setValues(at: number, changes: Partial<Values>): void {
  change(at, { values: { ...candidates.value[at]!.values, ...changes } });
}

export function setEvidence(at: number, evidence: Evidence[]): void {
  change(at, { evidence });
}

export function addCandidate(): void {
  candidates.value = [...candidates.value, emptyCandidate()];
}

/** Decide what becomes of a candidate; a stored event is read first. */
export function decide(at: number, action: Action): Promise<void> {
  return run(async () => {
    const candidate = candidates.value[at]!;
    const { draft, stored } = candidate;
    if (action === 'known' && draft?.comparison.event) {
      change(at, added(draft, await api.recordOf(key.value, draft.comparison.event), text.value));
    } else if (action === 'new' && draft && stored) {
      change(at, drafted(draft, text.value));
    } else {
      change(at, { action });
    }
  });
}

/** Remember the words that are selected in the text. */
export function select(span: Span): void {
  selected.value = trimmed(text.value, span) ?? selected.value;
}

/** Make the selected words the evidence for a field. */
export function support(at: number, field: Field): void {
  if (!selected.value) return;
  setEvidence(at, withSupport(candidates.value[at]!.evidence, field, selected.value));
}

export function check(): Promise<void> {
  const sent = body.value;
  if (!sent) { failure.value = { detail: say('all_left_out'), isServers: false, faults: [] }; return Promise.resolve(); }
  review.value = null;
  return run(async () => {
    await refuseOldRecords();
    const checked = await api.check(key.value, sent.json);
    review.value = { answer: checked, json: sent.json };
  }, sent);
}

/** Throw an error if somebody edited a stored event after it was read. */
async function refuseOldRecords(): Promise<void> {
  for (const { action, stored } of candidates.value) {
    if (action !== 'known' || !stored) continue;
    const now = await api.recordOf(key.value, stored.id);
    if (JSON.stringify(now) !== JSON.stringify(stored)) throw new Error(say('edited', { id: stored.id }));
  }
}

/** The token of the last write: the same write keeps it, so that a repeated request writes once. */
let attempt = { of: '', token: '' };

export function write(): Promise<void> {
  const sent = body.value;
  if (!sent || !isChecked.value) return Promise.resolve();
  const of = `${reason.value}\n${sent.json}`;
  if (attempt.of !== of) attempt = { of, token: newToken() };
  return run(async () => {
    await refuseOldRecords();
    const changes = await api.write(key.value, sent.json, reason.value.trim(), attempt.token);
    batch(() => { written.value = changes; isUndone.value = false; });
    // The same records may be written again after an undo.
    attempt = { of: '', token: '' };
  }, sent);
}

function newToken(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Say what an undo of the last write changes. */
export function reviewUndo(): Promise<void> {
  return revert(true, (changes) => { undo.value = changes; });
}

export function undoNow(): Promise<void> {
  return revert(false, (changes) => batch(() => {
    written.value = changes;
    undo.value = null;
    isUndone.value = !isUndone.value;
  }));
}

function revert(isDry: boolean, use: (changes: ImportAnswer) => void): Promise<void> {
  const seq = written.value?.changes?.last;
  return seq === undefined ? Promise.resolve() : run(async () => use(await api.revert(key.value, seq, isDry)));
}
