import { useMemo } from 'preact/hooks';
import type { Index } from '../data/index';
import { valueOf, withPerson } from '../data/query';
import { type Body, type Tie, settle } from '../layout';
import { number, say, sayNumber } from '../page';
import type { Store } from '../store';
import { goAndFocus } from './Found';
import { onPress, useRoving } from './roving';

const WIDTH = 800;
const HEIGHT = 560;
/** More people than this cannot be told apart. */
const MOST = 30;
/** People that are offered as a centre. */
const OFFERED = 8;
/** The radius of the disc in the centre. */
const CENTRE = 16;
/** Room at the sides for names. */
const MARGIN_X = 40;
const MARGIN_Y = 24;
const EDGE = 110;
/** Longer names are shortened in their middle; the list has them whole. */
const LONGEST = 28;
/** The height of a name, and its width for each character: letters of Hangul are wider. */
const LINE = 14;
const LETTER = 6.6;
const SYLLABLE = 12;

interface Node extends Body {
  who: number;
  /** The events in common with the person in the centre. */
  events: number;
}

interface Network {
  /** The person in the centre first. */
  nodes: Node[];
  /** For each width of lines, the path of the lines that have it. */
  lines: Map<number, string>;
  /** People who are not drawn. */
  left: number;
}

/** Whom a person met: the people of the same events, and who of them were there together. */
export function NetworkView({ store }: { store: Store }) {
  const index = store.index.value;
  const centre = centreOf(store);
  const { matches } = store.results.value;
  const network = useMemo(() => (centre < 0 ? null : networkOf(index, matches, centre)), [index, matches, centre]);
  if (!network) return <Offer store={store} />;
  return <Drawn store={store} network={network} centre={centre} />;
}

function Offer({ store }: { store: Store }) {
  const facet = store.results.value.facet('participant');
  return (
    <>
      <p>{say('choose_person')}</p>
      <ul class="chips">
        {facet.counts.filter(({ number: who }) => store.index.value.participants[who]!.kind === 'person').slice(0, OFFERED).map(({ number: who, events }) => {
          const { id, label } = store.index.value.participants[who]!;
          return (
            <li key={id}>
              <button type="button" class="link" onClick={() => goAndFocus(store, withPerson(store.query.value, id))}>{label}</button>{' '}
              <span class="count">{number(events)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Drawn({ store, network, centre }: { store: Store; network: Network; centre: number }) {
  const { participants } = store.index.value;
  const others = network.nodes.filter((node) => node.who !== centre);
  const roving = useRoving(others.length);
  const add = (node: Node) => store.go(withPerson(store.query.value, participants[node.who]!.id));
  const name = (node: Node) => sayNumber('together', node.events, { name: participants[node.who]!.label, count: number(node.events) });
  const middle = network.nodes[0]!;
  const labels = labelsOf(network.nodes, (node) => participants[node.who]!.label);
  return (
    <>
      <svg class="network" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={say('network_label', { name: participants[centre]!.label })} onKeyDown={roving.onKeyDown}>
        {[...network.lines].map(([width, path]) => <path key={width} class="tie" d={path} stroke-width={width} />)}
        <g class="node centre" transform={`translate(${middle.x.toFixed(1)} ${middle.y.toFixed(1)})`}>
          <circle class="dot" r={middle.radius} />
          <text y={30}>{participants[centre]!.label}</text>
        </g>
        {others.map((node, at) => (
          <g key={node.who} role="button" class="node" aria-label={name(node)} transform={`translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`}
            {...roving.item(at)} onClick={() => add(node)} onKeyDown={onPress(() => add(node))}>
            <title>{name(node)}</title>
            <circle class="target" r={Math.max(node.radius, 13)} />
            <circle class="dot" r={node.radius} />
            {labels[at + 1] && <text y={labels[at + 1]!.y} class={sideOf(node)}>{labels[at + 1]!.text}</text>}
          </g>
        ))}
      </svg>
      <p class="help">{say('network_help')}{' '}
        {network.left > 0 && sayNumber('more_people', network.left, { count: number(network.left) })}</p>
      <details>
        <summary>{say('as_list')}</summary>
        <ol>{others.map((node) => <li key={node.who}><button type="button" class="link" onClick={() => add(node)}>{participants[node.who]!.label}</button> <span class="count">{number(node.events)}</span></li>)}</ol>
      </details>
    </>
  );
}

/** Names near the edge of the drawing grow inwards. */
function sideOf(node: Node): string {
  return node.x < EDGE ? 'starts' : node.x > WIDTH - EDGE ? 'ends' : '';
}

/** The ends of names tell ministries of two states apart. */
function shortened(name: string): string {
  const half = (LONGEST - 2) / 2;
  return name.length > LONGEST ? `${name.slice(0, half).trimEnd()}…${name.slice(-half).trimStart()}` : name;
}

interface Label {
  text: string;
  /** The baseline, from the middle of the node. */
  y: number;
}

type Rectangle = [left: number, top: number, right: number, bottom: number];

/** Return a label below or above each node, the centre and the most frequent first; null where both would cover another. */
function labelsOf(nodes: Node[], nameOf: (node: Node) => string): (Label | null)[] {
  const taken: Rectangle[] = [];
  return nodes.map((node, at) => {
    const { radius } = node;
    const text = at === 0 ? nameOf(node) : shortened(nameOf(node));
    const width = [...text].reduce((sum, letter) => sum + (letter > '\u1100' && letter !== '…' ? SYLLABLE : LETTER), 0);
    const side = at === 0 ? '' : sideOf(node);
    const left = node.x - (side === 'starts' ? 0 : side === 'ends' ? width : width / 2);
    for (const y of [radius + (at === 0 ? 14 : 12), -radius - 5]) {
      const bottom = node.y + y + 3;
      const place: Rectangle = [left, bottom - LINE, left + width, bottom];
      if (taken.some((other) => isOver(place, other))) continue;
      taken.push(place);
      return { text, y };
    }
    return null;
  });
}

function isOver(one: Rectangle, other: Rectangle): boolean {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}

/** Return the first participant in the query; -1 without one. */
function centreOf(store: Store): number {
  const id = valueOf(store.query.value, 'participant') ?? valueOf(store.query.value, 'participant_all');
  return store.index.value.participants.findIndex((who) => who.id === id);
}

function networkOf({ events }: Index, matches: Int32Array, centre: number): Network {
  const { starts, values } = events.participants;
  const groups = [...matches].map((event) => values.subarray(starts[event], starts[event + 1])).filter((group) => group.includes(centre));
  const counts = new Map<number, number>();
  for (const group of groups) for (const who of group) counts.set(who, (counts.get(who) ?? 0) + 1);
  counts.delete(centre);
  const nearest = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const most = Math.max(1, nearest[0]?.[1] ?? 0);
  const nodes: Node[] = [
    { who: centre, events: groups.length, radius: CENTRE, x: 0, y: 0 },
    ...nearest.slice(0, MOST).map(([who, events]) => ({ who, events, radius: 5 + 13 * Math.sqrt(events / most), x: 0, y: 0 })),
  ];
  const ties = tiesOf(nodes, groups);
  settle(nodes, ties);
  fit(nodes, 'x', MARGIN_X, WIDTH - MARGIN_X);
  fit(nodes, 'y', MARGIN_Y, HEIGHT - 2 * MARGIN_Y);
  return { nodes, lines: linesOf(nodes, ties), left: Math.max(nearest.length - MOST, 0) };
}

interface Link extends Tie {
  events: number;
}

/** Return a tie for each pair of people who were at an event together. */
function tiesOf(nodes: Node[], groups: Uint16Array[]): Link[] {
  const placeOf = new Map(nodes.map((node, at) => [node.who, at]));
  const size = nodes.length;
  const counts = new Uint16Array(size * size);
  for (const group of groups) {
    const present = [...group].flatMap((who) => placeOf.get(who) ?? []).sort((a, b) => a - b);
    present.forEach((one, at) => {
      for (let next = at + 1; next < present.length; next += 1) counts[one * size + present[next]!]! += 1;
    });
  }
  const ties: Link[] = [];
  counts.forEach((events, pair) => {
    if (events > 0) ties.push({ one: Math.floor(pair / size), other: pair % size, strength: 0.03 * Math.min(events, 5), events });
  });
  return ties;
}

/** Return the lines as few paths, because each element of the drawing costs time. */
function linesOf(nodes: Node[], ties: Link[]): Map<number, string> {
  const lines = new Map<number, string>();
  for (const { one, other, events } of ties) {
    const width = Math.min(1 + Math.round(Math.sqrt(events)) / 2, 6);
    const [from, to] = [nodes[one]!, nodes[other]!];
    const line = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
    lines.set(width, (lines.get(width) ?? '') + line);
  }
  return lines;
}

/** Stretch the places of the nodes to the drawing, in one direction. */
function fit(nodes: Node[], axis: 'x' | 'y', first: number, last: number): void {
  const places = nodes.map((node) => node[axis]);
  const [least, size] = [Math.min(...places), Math.max(...places) - Math.min(...places)];
  for (const node of nodes) node[axis] = size > 0 ? first + ((node[axis] - least) / size) * (last - first) : (first + last) / 2;
}
