/** Names beside the discs of a drawing: none covers another, and each lies within the drawing. */

/** A disc with a name, in the units of the drawing. */
export interface Named {
  x: number;
  y: number;
  radius: number;
  name: string;
}

/** The place of a name: the middle of its baseline, from the middle of the disc. */
export interface Caption {
  x: number;
  y: number;
}

/** The size of the letters in the style sheet, the height of a name, and its distance from the next one and the edge. */
const SIZE = 12;
const LINE = 14;
const SPACE = 2;
/** The distance of a baseline from a disc: of a name below it, and of one above it. */
const BELOW = 12;
const ABOVE = 5;
/** The part of a line below its baseline. */
const DEPTH = 3;

let pen: CanvasRenderingContext2D | undefined;

type Rectangle = [left: number, top: number, right: number, bottom: number];

/** Return a place below or above each disc, the first disc first; null where both would cover another name. */
export function captionsOf(discs: Named[], width: number, height: number): (Caption | null)[] {
  const measure = measurer();
  const taken: Rectangle[] = [];
  return discs.map(({ x, y, radius, name }) => {
    const half = measure(name) / 2 + SPACE;
    const middle = Math.max(Math.min(x, width - half), half);
    for (const shift of [radius + BELOW, -radius - ABOVE]) {
      const bottom = y + shift + DEPTH;
      const place: Rectangle = [middle - half, bottom - LINE, middle + half, bottom];
      if (bottom > height || bottom < LINE || taken.some((other) => isOver(place, other))) continue;
      taken.push(place);
      return { x: middle - x, y: shift };
    }
    return null;
  });
}

/** Return a function that returns the width of a name in the font of the page. */
function measurer(): (name: string) => number {
  pen ??= document.createElement('canvas').getContext('2d')!;
  pen.font = `${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  return (name) => pen!.measureText(name).width;
}

function isOver(one: Rectangle, other: Rectangle): boolean {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}
