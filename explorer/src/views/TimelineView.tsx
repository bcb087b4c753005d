import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { OPEN_END, OPEN_START, whenOf } from '../data/index';
import { dayOf, yearOf } from '../data/dates';
import { number, say, sayNumber } from '../page';
import type { Frame, Store } from '../store';
import { type Box, draw, hit, lanesOf } from '../drawing';
import { EventLine, addressOf } from './List';
import { boundsOf } from './Strip';

/** Years that the timeline shows at first: most events are recent. */
const RECENT = 12;
const YEAR = 365.25;
/** The least number of days that the timeline shows. */
const LEAST = 30;

export function TimelineView({ store }: { store: Store }) {
  const { matches } = store.results.value;
  const index = store.index.value;
  const [least, most] = boundsOf(store);
  const whole: Frame = { first: dayOf(least, 1, 1), last: dayOf(most, 12, 31) };
  const chosen = store.frame.value;
  const frame = chosen ? within(chosen, whole) : frameOf(store, whole);

  const canvas = useRef<HTMLCanvasElement>(null);
  const boxes = useRef<Box[]>([]);
  const redraws = useRedraws(canvas);
  const lanes = lanesOf(index, matches);
  useLayoutEffect(() => {
    boxes.current = draw(canvas.current!, index, matches, lanes, frame, store.selected.value);
  }, [matches, frame.first, frame.last, store.selected.value, redraws]);

  const move = (shift: number, zoom: number) => {
    const [middle, half] = [(frame.first + frame.last) / 2, (frame.last - frame.first) / 2];
    const [at, size] = [middle + shift * half, half * zoom];
    store.showFrame(within({ first: at - size, last: at + size }, whole));
  };
  const select = (event: number) => {
    store.select(event);
    const day = clamp(index.events.from[event]!, whole.first, whole.last);
    if (day < frame.first || day > frame.last) {
      const half = (frame.last - frame.first) / 2;
      store.showFrame({ first: day - half, last: day + half });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The first event of the index is the newest one.
    const sorted = [...matches].sort((a, b) => b - a);
    const at = sorted.indexOf(store.selected.value);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at < 0 ? sorted.length - 1 : at - 1, ArrowUp: at < 0 ? sorted.length - 1 : at - 1, Home: 0, End: sorted.length - 1 }[event.key];
    if (event.key === 'Enter' && at >= 0) location.href = addressOf(store, sorted[at]!);
    else if (event.key === 'Escape') store.select(-1);
    else if (event.key === '+' || event.key === '-') move(0, event.key === '+' ? 0.5 : 2);
    else if (to === undefined || sorted.length === 0) return;
    else select(sorted[clamp(to, 0, sorted.length - 1)]!);
    event.preventDefault();
  };
  const at = (event: MouseEvent) => hit(boxes.current, event.offsetX, event.offsetY);
  const outside = matches.reduce((sum, i) => sum + Number(index.events.until[i]! < frame.first || index.events.from[i]! > frame.last), 0);
  const selected = store.selected.value;
  return (
    <>
      <p class="tools">
        <button type="button" onClick={() => move(-1, 1)}>{say('earlier')}</button>
        <button type="button" onClick={() => move(1, 1)}>{say('later')}</button>
        <button type="button" onClick={() => move(0, 0.5)}>{say('closer')}</button>
        <button type="button" onClick={() => move(0, 2)}>{say('wider')}</button>
        <button type="button" onClick={() => store.showFrame(whole)}>{say('all_years')}</button>
      </p>
      <div class="lanes">
        <ul aria-hidden="true">{lanes.map((lane) => <li key={lane}>{index.types[lane]!.label}</li>)}</ul>
        <div class="canvas" role="group" tabindex={0} aria-label={say('timeline_label', { first: yearOf(frame.first), last: yearOf(frame.last) })}
          aria-describedby="explorer-timeline-help" onKeyDown={onKeyDown}>
          <canvas ref={canvas} aria-hidden="true"
            onClick={(event) => { const found = at(event); if (found >= 0) select(found); }}
            onMouseMove={(event) => {
              const found = at(event);
              event.currentTarget.title = found < 0 ? '' : `${whenOf(index, found)} · ${index.events.raw.title[found]}`;
            }} />
        </div>
      </div>
      <p class="selection" aria-live="polite">{selected >= 0 && <EventLine store={store} event={selected} />}</p>
      <p class="help" id="explorer-timeline-help">
        {say('timeline_help')} {say('timeline_legend')}{' '}
        {outside > 0 && sayNumber('outside', outside, { count: number(outside) })}
      </p>
    </>
  );
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** Return the frame, moved and cut so that it lies within the whole one, and not too short. */
function within({ first, last }: Frame, whole: Frame): Frame {
  const size = clamp((last - first) / 2, LEAST / 2, (whole.last - whole.first) / 2);
  const middle = clamp((first + last) / 2, whole.first + size, whole.last - size);
  return { first: middle - size, last: middle + size };
}

/** Return the chosen period, or the last years that have a match. */
function frameOf(store: Store, whole: Frame): Frame {
  const ranges = store.plan.value.ranges ?? [];
  if (ranges.length > 0) {
    const first = clamp(Math.min(...ranges.map((range) => range[0])), whole.first, whole.last);
    const last = clamp(Math.max(...ranges.map((range) => range[1])), whole.first, whole.last);
    const margin = Math.max((last - first) * 0.02, 3);
    return { first: first - margin, last: last + margin };
  }
  const { from, until } = store.index.value.events;
  let [first, last] = [whole.last, whole.first];
  for (const i of store.results.value.matches) {
    if (from[i]! > OPEN_START) first = Math.min(first, from[i]!);
    last = Math.max(last, until[i]! < OPEN_END ? until[i]! : from[i]!);
  }
  if (first > last) return { first: whole.last - RECENT * YEAR, last: whole.last };
  const start = Math.max(first - 60, last - RECENT * YEAR);
  return { first: start, last: last + 60 };
}

/** Return a number that changes when the canvas must be drawn again: another size, or other colours. */
function useRedraws(canvas: { current: HTMLCanvasElement | null }): number {
  const [redraws, setRedraws] = useState(0);
  useEffect(() => {
    const redraw = () => setRedraws((n) => n + 1);
    const observer = new ResizeObserver(redraw);
    observer.observe(canvas.current!.parentElement!);
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', 'print'].map((query) => matchMedia(query));
    for (const query of queries) query.addEventListener('change', redraw);
    return () => {
      observer.disconnect();
      for (const query of queries) query.removeEventListener('change', redraw);
    };
  }, []);
  return redraws;
}
