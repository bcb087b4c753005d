/** Spans of the text. JavaScript counts UTF-16 units, and evidence counts Unicode code points. */

export interface Span {
  start: number;
  end: number;
}

/** Return the number of code points before a position in UTF-16 units. */
export function pointsBefore(text: string, unit: number): number {
  let points = 0;
  for (let at = 0; at < unit; at += widthAt(text, at)) points += 1;
  return points;
}

/** Return the position in UTF-16 units after so many code points. */
export function unitsBefore(text: string, points: number): number {
  let at = 0;
  for (let n = 0; n < points && at < text.length; n += 1) at += widthAt(text, at);
  return at;
}

function widthAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}

/** Return the span without white space at its ends, and with whole characters; null if nothing is left. */
export function trimmed(text: string, { start, end }: Span): Span | null {
  let [from, to] = [isInside(text, start) ? start - 1 : start, isInside(text, end) ? end + 1 : end];
  while (from < to && /\s/.test(text[from]!)) from += 1;
  while (to > from && /\s/.test(text[to - 1]!)) to -= 1;
  return from < to ? { start: from, end: to } : null;
}

/** Return whether a position is between the two units of one code point. */
function isInside(text: string, at: number): boolean {
  return at > 0 && at < text.length && text.codePointAt(at - 1)! > 0xffff;
}
