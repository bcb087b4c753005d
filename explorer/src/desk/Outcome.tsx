/** The source, the reason, and the steps to the data: check, write, undo. */
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../texts';
import type { ImportAnswer, Reviewed } from './answers';
import { TextField } from './fields';
import { Lookup } from './Lookup';
import { pageOf } from './page';
import { type Fault, check, failure, faultsAt, isBusy, isChecked, isUndone, reason, review, reviewUndo, source, undo, undoNow, write, written } from './state';

export function Save() {
  return (
    <section class="desk-save filters" aria-labelledby="desk-save">
      <h2 id="desk-save">{say('save')}</h2>
      <SourceFields />
      <TextField id="desk-reason" label={say('reason')} value={reason.value} faults={faultsAt('reason')} maxLength={500} isWide
        use={(value) => { reason.value = value; }} />
      <p class="tools">
        <button type="button" disabled={isBusy.value} onClick={() => void check()}>{say('check')}</button>
        {isChecked.value && !written.value && <button type="button" disabled={isBusy.value} onClick={() => void write()}>{say('write')}</button>}
      </p>
      {isChecked.value && !written.value && <Review title={say('review')} answer={review.value!.answer} />}
      {written.value && <Written answer={written.value} />}
    </section>
  );
}

function SourceFields() {
  const given = source.value;
  const set = (name: 'id' | 'url' | 'publisher' | 'article') => (value: string) => { source.value = { ...given, [name]: value }; };
  if (given.isKnown) return <p>{say('source_known', { id: given.id })}</p>;
  return (
    <fieldset>
      <legend>{say('new_source')}</legend>
      <div class="fields">
        <TextField id="desk-source-id" label={say('id')} value={given.id} faults={faultsAt('source', 'source/id')} use={set('id')} />
        <Lookup id="desk-source-publisher" label={say('publisher')} collection="publishers" value={given.publisher}
          faults={faultsAt('source/publisher')} use={set('publisher')} />
        <TextField id="desk-source-url" label={say('url')} value={given.url} faults={faultsAt('source/url')} use={set('url')} />
        <TextField id="desk-source-article" label={say('article')} help={say('article_help')} value={given.article}
          faults={faultsAt('source/article')} use={set('article')} />
      </div>
    </fieldset>
  );
}

/** A heading that takes the focus when it appears, so that a reader hears of it. */
export function Heading({ words }: { words: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current!.focus(), []);
  return <h2 ref={heading} tabindex={-1}>{words}</h2>;
}

function Review({ title, answer }: { title: string; answer: ImportAnswer }) {
  const { records, more_records, warnings } = answer.review;
  return (
    <section class="review">
      <Heading words={title} />
      {records.length === 0 && <p>{say('no_change')}</p>}
      <ul>{records.map((each) => <li key={`${each.kind} ${each.id}`}><Change {...each} /></li>)}</ul>
      {more_records > 0 && <p>{say('more_records', { count: more_records })}</p>}
      {warnings.length > 0 && (
        <>
          <h3>{say('warnings')}</h3>
          <ul class="warnings" lang="en">{warnings.map(({ id, rule, detail }, at) => <li key={at}>{id && <code>{id}</code>} {detail} <small>{rule}</small></li>)}</ul>
        </>
      )}
    </section>
  );
}

function Change({ kind, id, effect, fields }: Reviewed) {
  return (
    <>
      <strong>{say(`effect_${effect}`)}</strong>: {kind === 'event' && effect === 'update' ? <a href={pageOf(id)} target="_blank" rel="noopener">{id}</a> : <code>{id}</code>}
      {fields.length > 0 && (
        <ul>{fields.map(({ field, before, after }) => <li key={field}><code>{field}</code>: <del>{before ?? say('none')}</del> → <ins>{after ?? say('none')}</ins></li>)}</ul>
      )}
    </>
  );
}

function Written({ answer }: { answer: ImportAnswer }) {
  const { changes, review } = answer;
  const seq = changes && changes.last > changes.after ? changes.last : null;
  const events = review.records.filter(({ kind }) => kind === 'event');
  if (seq === null) return <Heading words={say('no_change')} />;
  return (
    <section class="review">
      <Heading key={String(isUndone.value)} words={say(isUndone.value ? 'undone' : 'written')} />
      <ul>{events.map(({ id, effect }) => (
        <li key={id}>{say(`effect_${effect}`)}: {effect === 'withdraw' ? <code>{id}</code> : <a href={pageOf(id)}>{id}</a>}</li>
      ))}</ul>
      <p>{say('undo_help')} <code>POST /v1/imports/{seq}/revert</code></p>
      <p class="tools">
        <button type="button" disabled={isBusy.value} onClick={() => void reviewUndo()}>{say('undo')}</button>
        {undo.value && <button type="button" disabled={isBusy.value} onClick={() => void undoNow()}>{say('undo_now')}</button>}
      </p>
      {undo.value && <Review title={say('undo_review')} answer={undo.value} />}
    </section>
  );
}

/** The failure of the last step, with links to the fields that are wrong. */
export function Failure() {
  const failed = failure.value;
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), [failed]);
  return (
    <div role="alert">
      {failed && (
        <section ref={box} class="note desk-failure" tabindex={-1} aria-label={say('refused')}>
          <p {...(failed.isServers ? { lang: 'en' } : {})}>{failed.detail}</p>
          <ul>{failed.faults.map((fault, at) => <li key={at}><FaultLink {...fault} /></li>)}</ul>
        </section>
      )}
    </div>
  );
}

/** An error with the label of its field, or with its record. */
function FaultLink({ place, detail, record }: Fault) {
  const field = fieldOf(place);
  const words = <span lang="en">{detail}</span>;
  if (!field) return <>{record && <code>{record} </code>}{words}</>;
  return <a href="#main" onClick={(event) => { event.preventDefault(); go(place); }}>{field.labels?.[0]?.textContent}: {words}</a>;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Return the control at a place: of the place itself, of the field of which it is a part, or the first within. */
function fieldOf(place: string): Control | null {
  for (let parts = place.split('/'); place && parts.length > 0; parts = parts.slice(0, -1)) {
    const id = `desk-${parts.join('-')}`;
    const ids = [`${id}-field`, `${id}-en`, `${id}-id`, `${id}-action`, id].map((each) => `#${each}:is(input, select, textarea)`);
    const found = document.querySelector<Control>(ids.join()) ?? document.querySelector<Control>(`#${id} :is(input, select, textarea)`);
    if (found) return found;
  }
  return null;
}

function go(place: string): void {
  const field = fieldOf(place);
  const folded = field?.closest('details');
  if (folded) folded.open = true;
  field?.focus();
}
