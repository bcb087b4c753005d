/** The drawing of the timeline: a lane for each type, a bar for each event, as sure as its date is. */
import { utcTicks } from 'd3-time';
import { asDate, dayOfDate } from './data/dates';
import { type Index, OPEN_END, OPEN_START } from './data/index';
import { page } from './page';
import type { Frame } from './store';

/** The place of an event in the drawing. */
export interface Box {
  event: number;
  x: number;
  y: number;
  width: number;
}

/** The height of a lane, which the style sheet knows, and of one that has its name in the drawing. */
const LANE = 40;
const NAMED_LANE = 54;
const ROWS = 4;
const ROW = 9;
const BAR = 7;
const AXIS = 24;
/** The least width of a bar, and the distance to the next one in its row. */
const LEAST = 5;
const GAP = 1;
/** The width in pixels below which the names of the lanes are in the drawing. */
const NARROW = 520;
/** The usual room for a label of the axis, the number of ticks in a narrow drawing, and the least distance of two labels. */
const TICK = 72;
const FEWEST = 4;
const SPACE = 8;
/** How far a bar with an open end reaches beyond its last certain day. */
const FADE = 48;

/** Return the types of the events, in the order of the vocabulary. */
export function lanesOf(index: Index, matches: Int32Array): number[] {
  const used = new Set<number>();
  for (const event of matches) used.add(index.events.raw.type[event]!);
  return [...used].sort((a, b) => a - b);
}

/** Draw the events, and return their places, the last drawn last. */
export function draw(canvas: HTMLCanvasElement, index: Index, matches: Int32Array, lanes: number[], frame: Frame, selected: number): Box[] {
  const width = canvas.parentElement!.clientWidth;
  const lane = width < NARROW ? NAMED_LANE : LANE;
  const height = Math.max(lanes.length, 1) * lane + AXIS;
  const density = devicePixelRatio || 1;
  const size = [Math.round(width * density), Math.round(height * density)] as const;
  // Another size costs a new canvas.
  if (canvas.width !== size[0] || canvas.height !== size[1]) {
    [canvas.width, canvas.height] = size;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d')!;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.globalAlpha = 1;
  context.clearRect(0, 0, width, height);
  const colours = coloursOf(canvas);
  drawAxis(context, frame, width, height, colours);
  lanes.forEach((type, at) => {
    context.fillStyle = colours.line;
    context.globalAlpha = 0.4;
    context.fillRect(0, (at + 1) * lane - 0.5, width, 0.5);
    if (lane === NAMED_LANE) {
      // The style sheet leaves out the names beside the lanes.
      context.fillStyle = colours.muted;
      context.globalAlpha = 1;
      context.textAlign = 'left';
      context.fillText(index.types[type]!.label, 2, (at + 1) * lane - 1);
    }
  });
  const boxes = placesOf(index, matches, lanes, lane, frame, width);
  for (const box of boxes) drawEvent(context, index, box, frame, width, colours);
  const chosen = boxes.find((box) => box.event === selected);
  if (chosen) {
    context.globalAlpha = 1;
    context.setLineDash([]);
    context.strokeStyle = colours.text;
    context.lineWidth = 2;
    context.strokeRect(chosen.x - 3, chosen.y - 3, chosen.width + 6, BAR + 6);
  }
  return boxes;
}

/** Return the event at a point; -1 for none. */
export function hit(boxes: Box[], x: number, y: number): number {
  for (let at = boxes.length - 1; at >= 0; at -= 1) {
    const box = boxes[at]!;
    if (x >= box.x - 2 && x <= box.x + box.width + 2 && y >= box.y - 1 && y <= box.y + BAR + 1) return box.event;
  }
  return -1;
}

interface Colours {
  bar: string;
  accent: string;
  text: string;
  muted: string;
  line: string;
}

function coloursOf(canvas: HTMLCanvasElement): Colours {
  if (matchMedia('(forced-colors: active)').matches) {
    return { bar: 'CanvasText', accent: 'LinkText', text: 'Highlight', muted: 'CanvasText', line: 'GrayText' };
  }
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return { bar: colour('bar'), accent: colour('accent'), text: colour('text'), muted: colour('muted'), line: colour('line') };
}

function placeOf(day: number, frame: Frame, width: number): number {
  return ((day - frame.first) / (frame.last - frame.first)) * width;
}

/** Put each event into a row of its lane in which it covers no other one, if there is such a row. */
function placesOf(index: Index, matches: Int32Array, lanes: number[], height: number, frame: Frame, width: number): Box[] {
  const { from, until, started, ends, raw } = index.events;
  const filled = lanes.map(() => new Float64Array(ROWS).fill(-Infinity));
  const laneOf = new Map(lanes.map((type, at) => [type, at]));
  const boxes: Box[] = [];
  // The oldest first.
  for (const event of [...matches].sort((a, b) => b - a)) {
    if (until[event]! < frame.first || from[event]! > frame.last) continue;
    const lane = laneOf.get(raw.type[event]!)!;
    const left = from[event] === OPEN_START ? placeOf(started[event]!, frame, width) - FADE : placeOf(from[event]!, frame, width);
    const right = until[event] === OPEN_END ? placeOf(ends[event]!, frame, width) + FADE : placeOf(until[event]! + 1, frame, width);
    const x = Math.max(left, -2 * FADE);
    const size = Math.max(Math.min(right, width + 2 * FADE) - x, LEAST);
    const rows = filled[lane]!;
    let row = rows.findIndex((end) => end + GAP <= x);
    if (row < 0) row = rows.indexOf(Math.min(...rows));
    rows[row] = Math.max(rows[row]!, x + size);
    boxes.push({ event, x, y: lane * height + 2 + row * ROW, width: size });
  }
  return boxes;
}

function drawEvent(context: CanvasRenderingContext2D, index: Index, box: Box, frame: Frame, width: number, colours: Colours): void {
  const { from, until, started, ends, raw } = index.events;
  const { event, x, y, width: size } = box;
  const isDone = index.statuses[raw.status[event]!]!.id === 'occurred';
  const colour = isDone ? colours.bar : colours.accent;
  const isOpen = from[event] === OPEN_START || until[event] === OPEN_END;
  const isExact = from[event] === started[event] && ends[event] === until[event] && !raw.doubt[event];
  context.lineWidth = 1;
  context.strokeStyle = colour;
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (isExact) {
    context.fillStyle = colour;
    if (isDone) context.fillRect(x, y, size, BAR);
    else context.strokeRect(x + 0.5, y + 0.5, size - 1, BAR - 1);
    return;
  }
  // The days on which it may have been.
  context.globalAlpha = isDone ? 0.35 : 0.15;
  context.fillStyle = isOpen ? faded(context, box, colour, from[event] === OPEN_START, until[event] === OPEN_END) : colour;
  context.fillRect(x, y, size, BAR);
  context.globalAlpha = 1;
  if (!isOpen) {
    context.setLineDash([3, 2]);
    context.strokeRect(x + 0.5, y + 0.5, size - 1, BAR - 1);
  }
  // The days on which it must have been.
  if (started[event]! <= ends[event]! && !raw.doubt[event]) {
    const [left, right] = [placeOf(started[event]!, frame, width), placeOf(ends[event]! + 1, frame, width)];
    context.fillStyle = colour;
    context.fillRect(left, y, Math.max(right - left, 1), BAR);
  }
}

function faded(context: CanvasRenderingContext2D, { x, width }: Box, colour: string, atStart: boolean, atEnd: boolean): CanvasGradient | string {
  // Names of system colours cannot be made transparent.
  if (!colour.startsWith('#')) return colour;
  const gradient = context.createLinearGradient(x, 0, x + width, 0);
  gradient.addColorStop(0, atStart ? `${colour}00` : colour);
  gradient.addColorStop(0.5, colour);
  gradient.addColorStop(1, atEnd ? `${colour}00` : colour);
  return gradient;
}

/** A label of the axis, whose left edge lies within the drawing. */
interface Label {
  text: string;
  left: number;
}

function drawAxis(context: CanvasRenderingContext2D, frame: Frame, width: number, height: number, colours: Colours): void {
  context.font = '12px system-ui, sans-serif';
  context.textBaseline = 'bottom';
  context.textAlign = 'left';
  const { ticks, labels } = axisOf(context, frame, width);
  context.fillStyle = colours.line;
  context.globalAlpha = 0.5;
  for (const tick of ticks) context.fillRect(placeOf(dayOfDate(tick), frame, width), 0, 0.5, height - AXIS + 4);
  context.fillStyle = colours.muted;
  context.globalAlpha = 1;
  for (const { text, left } of labels) context.fillText(text, left, height - 3);
}

interface Axis {
  ticks: Date[];
  labels: Label[];
}

/** Return as many ticks as have room for their labels, which are of different widths in each language. */
function axisOf(context: CanvasRenderingContext2D, frame: Frame, width: number): Axis {
  let finest: Axis | undefined;
  for (let most = Math.max(Math.floor(width / TICK), FEWEST); most > 1; most -= 1) {
    const ticks = utcTicks(asDate(frame.first), asDate(frame.last), most);
    const labels = labelsOf(context, ticks, frame, width);
    finest ??= { ticks, labels };
    if (labels.length > 1 && labels.length === ticks.length) return { ticks, labels };
  }
  return finest!;
}

/** Return the labels of the ticks, from left to right, without those that would cover another. */
function labelsOf(context: CanvasRenderingContext2D, ticks: Date[], frame: Frame, width: number): Label[] {
  const isMonthly = ticks.every((tick) => tick.getUTCDate() === 1);
  const labels: Label[] = [];
  let before: Date | undefined;
  let end = -SPACE;
  for (const tick of ticks) {
    const text = textOf(tick, before, isMonthly);
    const size = context.measureText(text).width;
    const left = Math.max(Math.min(placeOf(dayOfDate(tick), frame, width) - size / 2, width - size), 0);
    if (left < end + SPACE) continue;
    labels.push({ text, left });
    before = tick;
    end = left + size;
  }
  return labels;
}

/** Return the label of a tick: the year only if the label before has another; alone, it stands for its January. */
function textOf(tick: Date, before: Date | undefined, isMonthly: boolean): string {
  const year = tick.getUTCFullYear();
  if (isMonthly && tick.getUTCMonth() === 0) return String(year);
  return formatOf(isMonthly, before?.getUTCFullYear() !== year).format(tick);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Return the format of a label. Each is made once, because that takes longer than its use. */
function formatOf(isMonthly: boolean, hasYear: boolean): Intl.DateTimeFormat {
  const key = `${isMonthly} ${hasYear}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(page.language, {
      timeZone: 'UTC', month: 'short', ...(isMonthly ? {} : { day: 'numeric' }), ...(hasYear ? { year: 'numeric' } : {}),
    });
    formats.set(key, format);
  }
  return format;
}
