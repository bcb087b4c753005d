/** The places of the people in a network: forces move them until they rest, and only then they are drawn. */

export interface Body {
  x: number;
  y: number;
  /** The radius of its disc. */
  radius: number;
}

/** Two bodies, by their numbers, and how strongly they attract each other. */
export interface Tie {
  one: number;
  other: number;
  strength: number;
}

const TICKS = 120;
/** The distance of tied bodies at rest. */
const LENGTH = 120;
const REPULSION = 500;
/** The room between discs, for names. */
const ROOM = 44;
/** The pull to the middle: names are wide, so the drawing is flat. */
const PULL_X = 0.06;
const PULL_Y = 0.12;
/** The part of its speed that a body keeps in each step. */
const INERTIA = 0.6;
/** The angle between a body and the next one at the start, in radians: half a turn times the golden section. */
const ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Move the bodies to their places around the first one, which stays at 0, 0.
 *
 * Each step takes every pair of them: for some thirty bodies that is quicker than the tree of a library for
 * thousands, and the same bodies always get the same places.
 */
export function settle(bodies: Body[], ties: Tie[]): void {
  bodies.forEach((body, n) => {
    const radius = n === 0 ? 0 : 10 * Math.sqrt(0.5 + n);
    [body.x, body.y] = [radius * Math.cos(n * ANGLE), radius * Math.sin(n * ANGLE)];
  });
  const [vx, vy] = [new Float64Array(bodies.length), new Float64Array(bodies.length)];
  const degrees = new Uint16Array(bodies.length);
  for (const { one, other } of ties) { degrees[one]! += 1; degrees[other]! += 1; }

  /** Push two bodies apart by a share of their distance; the first one gives way by `part` of it. */
  const push = (one: number, other: number, dx: number, dy: number, share: number, part: number) => {
    vx[one]! -= dx * share * part;
    vy[one]! -= dy * share * part;
    vx[other]! += dx * share * (1 - part);
    vy[other]! += dy * share * (1 - part);
  };
  for (let tick = 1; tick <= TICKS; tick += 1) {
    // From 1 to a thousandth.
    const heat = 0.001 ** (tick / TICKS);
    for (const { one, other, strength } of ties) {
      const [dx, dy] = [bodies[other]!.x + vx[other]! - bodies[one]!.x - vx[one]!, bodies[other]!.y + vy[other]! - bodies[one]!.y - vy[one]!];
      const distance = Math.hypot(dx, dy) || 1;
      // A body with many ties gives way less.
      push(one, other, dx, dy, ((LENGTH - distance) / distance) * heat * strength, degrees[other]! / (degrees[one]! + degrees[other]!));
    }
    for (let one = 0; one < bodies.length; one += 1) {
      const { x, y, radius } = bodies[one]!;
      for (let other = one + 1; other < bodies.length; other += 1) {
        const that = bodies[other]!;
        const [dx, dy] = [that.x - x, that.y - y];
        const square = Math.max(dx * dx + dy * dy, 1);
        // Each body repels the other with the whole force.
        push(one, other, dx, dy, (2 * REPULSION * heat) / square, 0.5);
        const [least, distance] = [radius + that.radius + ROOM, Math.sqrt(square)];
        if (distance < least) push(one, other, dx, dy, (least - distance) / distance, 0.5);
      }
      vx[one]! -= x * PULL_X * heat;
      vy[one]! -= y * PULL_Y * heat;
    }
    [vx[0], vy[0]] = [0, 0];
    bodies.forEach((body, n) => {
      vx[n]! *= INERTIA;
      vy[n]! *= INERTIA;
      body.x += vx[n]!;
      body.y += vy[n]!;
    });
  }
}
