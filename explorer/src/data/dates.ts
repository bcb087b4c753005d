/** Days as numbers since 1970, and the periods that the parameter `date` takes. */
import { OPEN_END, OPEN_START } from './index';

export type Range = [first: number, last: number];

const DAY = 86_400_000;
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

export function dayOf(year: number, month: number, day: number): number {
  const at = new Date(0);
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  at.setUTCFullYear(year, month - 1, day);
  return Math.round(at.getTime() / DAY);
}

export function yearOf(day: number): number {
  return new Date(day * DAY).getUTCFullYear();
}

export function asDate(day: number): Date {
  return new Date(day * DAY);
}

/** Return a day as `2024-06-19`. */
export function isoOf(day: number): string {
  return asDate(day).toISOString().slice(0, 10);
}

export function dayOfDate(date: Date): number {
  return date.getTime() / DAY;
}

/** Return the first and last day of a period, or null for a form that only the server knows. */
export function parseRange(text: string): Range | null {
  const sides = text.split('/');
  if (sides.length > 2) return null;
  const [first, last] = [sides[0]!, sides[sides.length - 1]!].map(parseSide);
  if (sides.length === 1) return isOpen(text) ? null : first ?? null;
  if (!first || !last || (isOpen(sides[0]!) && isOpen(sides[1]!)) || first[0] > last[1]) return null;
  return [isOpen(sides[0]!) ? OPEN_START : first[0], isOpen(sides[1]!) ? OPEN_END : last[1]];
}

function isOpen(side: string): boolean {
  return side === '' || side === '..';
}

function parseSide(side: string): Range | null {
  if (isOpen(side)) return [OPEN_START, OPEN_END];
  const match = DATE.exec(side);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map((part) => (part === undefined ? 0 : Number(part))) as [number, number, number];
  if (year < 1 || (match[2] !== undefined && (month < 1 || month > 12))) return null;
  if (match[3] === undefined) {
    const end = month === 0 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1);
    return [dayOf(year, month || 1, 1), end - 1];
  }
  const days = dayOf(year, month + 1, 1) - dayOf(year, month, 1);
  return day < 1 || day > days ? null : [dayOf(year, month, day), dayOf(year, month, day)];
}
