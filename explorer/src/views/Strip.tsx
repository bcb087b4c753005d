import { useRef, useState } from 'preact/hooks';
import { OPEN_END, OPEN_START } from '../data/index';
import { dayOf, yearOf } from '../data/dates';
import { withOnly, without } from '../data/query';
import { say, sayNumber, number } from '../page';
import type { Store } from '../store';
import { goAndFocus } from './Found';
import { onPress, useRoving } from './roving';

const WIDTH = 10;
const HEIGHT = 64;

/** The events of each year; one year or several choose the period. */
export function Strip({ store }: { store: Store }) {
  const counts = store.results.value.years;
  const [least, most] = boundsOf(store);
  const years = Array.from({ length: most - least + 1 }, (_, at) => least + at);
  const highest = Math.max(1, ...counts.values());
  const chosen = chosenYears(store, least, most);
  // The end from which Shift extends the period.
  const anchor = useRef<number | null>(null);
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const svg = useRef<SVGSVGElement>(null);

  const choose = (one: number, other: number) => {
    const [first, last] = one < other ? [one, other] : [other, one];
    const text = first === last ? year4(first) : `${year4(first)}/${year4(last)}`;
    store.go(withOnly(store.query.value, 'date', text));
  };
  const press = (year: number) => {
    anchor.current = year;
    if (chosen && chosen[0] === year && chosen[1] === year) store.go(without(store.query.value, 'date'));
    else choose(year, year);
  };
  const roving = useRoving(years.length, years.length - 1, (at, event) => {
    const year = years[at]!;
    if (!event.shiftKey) { anchor.current = year; return; }
    anchor.current ??= year;
    choose(anchor.current, year);
  });
  const yearAt = (event: PointerEvent) => {
    const box = svg.current!.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * years.length);
    return years[Math.min(Math.max(at, 0), years.length - 1)]!;
  };
  const marked = drag ? [Math.min(...drag), Math.max(...drag)] : chosen;
  return (
    <div class="years strip" role="group" aria-label={say('strip')} aria-describedby="explorer-strip-help">
      <svg ref={svg} viewBox={`0 0 ${years.length * WIDTH} ${HEIGHT}`} preserveAspectRatio="none"
        onKeyDown={roving.onKeyDown}
        onPointerDown={(event) => { svg.current!.setPointerCapture(event.pointerId); const year = yearAt(event); setDrag([year, year]); }}
        onPointerMove={(event) => { if (drag) setDrag([drag[0], yearAt(event)]); }}
        onPointerUp={(event) => {
          if (!drag) return;
          setDrag(null);
          const year = yearAt(event);
          if (drag[0] === year) press(year); else { anchor.current = drag[0]; choose(drag[0], year); }
        }}
        onPointerCancel={() => setDrag(null)}>
        <defs>
          <pattern id="explorer-thin" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V4" /></pattern>
        </defs>
        {years.map((year, at) => {
          const events = counts.get(year) ?? 0;
          const height = events ? Math.max((events / highest) * HEIGHT, 1.5) : 0;
          const isThin = store.index.value.thin.has(year);
          const isMarked = Boolean(marked && year >= marked[0]! && year <= marked[1]!);
          const name = sayNumber('year_events', events, { year, count: number(events) });
          return (
            <g key={year} role="button" aria-pressed={isMarked} aria-label={isThin ? `${name} · ${say('thin')}` : name}
              class={isMarked ? 'marked' : ''} onKeyDown={onPress(() => press(year))} {...roving.item(at)}>
              <title>{isThin ? `${name} · ${say('thin')}` : name}</title>
              <rect class="ground" x={at * WIDTH} y={0} width={WIDTH} height={HEIGHT} />
              {isThin && <rect x={at * WIDTH} y={0} width={WIDTH - 1} height={HEIGHT} fill="url(#explorer-thin)" />}
              {events > 0 && <rect class="bar" x={at * WIDTH} y={HEIGHT - height} width={WIDTH - 1} height={height} />}
            </g>
          );
        })}
      </svg>
      <div class="caption">
        <span class="ends"><span>{least}</span><span>{most}</span></span>
        <span id="explorer-strip-help">{say('strip_help')} {store.index.value.thin.size > 0 && say('thin_help')}</span>
        {chosen && <button type="button" class="link" onClick={() => goAndFocus(store, without(store.query.value, 'date'))}>{say('all_years')}</button>}
      </div>
    </div>
  );
}

function year4(year: number): string {
  return String(year).padStart(4, '0');
}

const bounds = new WeakMap<object, [number, number]>();

/** Return the first and the last year of all events. */
export function boundsOf(store: Store): [number, number] {
  const { events } = store.index.value;
  let found = bounds.get(events);
  if (!found) {
    const days = [events.from, events.started, events.ends, events.until].flatMap((of) =>
      [...of].filter((day) => day > OPEN_START && day < OPEN_END));
    const [least, most] = days.reduce(([a, b], day) => [Math.min(a, day), Math.max(b, day)], [Infinity, -Infinity]);
    const now = Math.floor(Date.now() / 86_400_000);
    found = days.length > 0 ? [yearOf(least!), yearOf(most!)] : [yearOf(now), yearOf(now)];
    bounds.set(events, found);
  }
  return found;
}

/** Return the years of the chosen period, if it is one, as far as the strip reaches. */
function chosenYears(store: Store, least: number, most: number): [number, number] | null {
  const ranges = store.plan.value.ranges;
  if (ranges?.length !== 1) return null;
  const [first, last] = ranges[0]!;
  const within = (day: number) => yearOf(Math.min(Math.max(day, dayOf(least, 1, 1)), dayOf(most, 12, 31)));
  return [within(first), within(last)];
}
