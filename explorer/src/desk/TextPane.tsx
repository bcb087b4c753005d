/** The text: words are selected with the mouse or the keyboard, and the words of the fields in hand are marked. */
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../texts';
import type { Field } from './answers';
import type { Span } from './spans';
import { answer, candidates, marked, select, selected, text } from './state';

export function TextPane() {
  const pane = useRef<HTMLDivElement>(null);
  const shown = text.value;
  useEffect(() => { pane.current!.textContent = shown; }, [shown]);
  useEffect(() => followSelection(pane.current!), []);
  const words = selected.value && shown.slice(selected.value.start, selected.value.end);
  useEffect(() => {
    const fields = marked.value;
    const all = candidates.value.flatMap(({ action, evidence }) => (action === 'drop' ? [] : evidence));
    const inHand = (fields && candidates.value[fields.candidate]?.evidence) ?? [];
    const current = inHand.filter(({ supports }) => supports.some((field) => fields!.fields.includes(field)));
    paint(pane.current!, 'desk-evidence', all);
    paint(pane.current!, 'desk-field', current);
    paint(pane.current!, 'desk-selected', selected.value ? [selected.value] : []);
    if (current[0] && document.activeElement !== pane.current) reveal(pane.current!, current[0]);
  }, [marked.value, candidates.value, selected.value, shown]);
  return (
    <section class="desk-text" aria-labelledby="desk-text-name">
      <h2 id="desk-text-name">{say('text_name')}</h2>
      <p id="desk-text-help" class="help">{say('text_help')}</p>
      {/* Editable, so that the caret and its keys are the system's; every edit is refused. */}
      <div id="desk-text" class="words" ref={pane} role="textbox" aria-multiline="true" aria-readonly="true" tabindex={0} contentEditable
        spellcheck={false} inputMode="none" lang={answer.value!.language} aria-labelledby="desk-text-name" aria-describedby="desk-text-help"
        onBeforeInput={(event) => event.preventDefault()} onDrop={(event) => event.preventDefault()} onDragStart={(event) => event.preventDefault()}
        onInput={() => { pane.current!.textContent = shown; }} onKeyDown={goToField} />
      <output class="selected" aria-live="polite">{words ? say('selected', { words }) : say('nothing_selected')}</output>
    </section>
  );
}

/** Remember each selection within the text, and mark the fields that the words at the caret support. */
function followSelection(pane: HTMLElement): () => void {
  const follow = () => {
    const span = selectionIn(pane);
    if (!span) return;
    if (span.start < span.end) select(span);
    const found = evidenceAt(span.start);
    if (found) marked.value = found;
  };
  document.addEventListener('selectionchange', follow);
  return () => document.removeEventListener('selectionchange', follow);
}

function selectionIn(pane: HTMLElement): Span | null {
  const selection = document.getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  if (!selection || !anchorNode || !focusNode || !pane.contains(anchorNode) || !pane.contains(focusNode)) return null;
  const ends = [placeIn(pane, anchorNode, selection.anchorOffset), placeIn(pane, focusNode, selection.focusOffset)];
  return { start: Math.min(...ends), end: Math.max(...ends) };
}

/** The text is one node; around it, a position counts nodes. */
function placeIn(pane: HTMLElement, node: Node, offset: number): number {
  return node === pane ? (offset === 0 ? 0 : pane.textContent!.length) : offset;
}

function evidenceAt(unit: number): { candidate: number; fields: Field[] } | null {
  for (const [candidate, { action, evidence }] of candidates.value.entries()) {
    const found = evidence.filter(({ start, end }) => start <= unit && unit < end);
    if (action !== 'drop' && found.length > 0) return { candidate, fields: found.flatMap(({ supports }) => supports) };
  }
  return null;
}

function goToField(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.isComposing) return;
  event.preventDefault();
  const { candidate, fields } = marked.value ?? { candidate: -1, fields: [] };
  if (fields[0]) document.querySelector<HTMLElement>(`#desk-${candidate}-${fields[0]} :is(input, select, textarea, button)`)?.focus();
}

function rangeOf(pane: HTMLElement, { start, end }: Span): Range | null {
  const node = pane.firstChild;
  if (!node || end > pane.textContent!.length) return null;
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range;
}

/** Mark the spans by a highlight, which changes no element, so that a selection stays. */
function paint(pane: HTMLElement, name: string, spans: Span[]): void {
  if (typeof Highlight === 'undefined') return;
  const ranges = spans.map((span) => rangeOf(pane, span)).filter((range) => range !== null);
  CSS.highlights.set(name, new Highlight(...ranges));
}

/** Scroll the pane, not the page, to the words. */
function reveal(pane: HTMLElement, span: Span): void {
  const box = rangeOf(pane, span)?.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (box && (box.top < frame.top || box.bottom > frame.bottom)) pane.scrollTop += box.top - frame.top - pane.clientHeight / 3;
}

/** Move the caret to words of the text, and select them. */
export function showWords(span: Span): void {
  const pane = document.getElementById('desk-text')!;
  const range = rangeOf(pane, span);
  if (!range) return;
  pane.focus();
  document.getSelection()!.setBaseAndExtent(range.startContainer, span.start, range.endContainer, span.end);
  reveal(pane, span);
}
