import { type SimulationLinkDatum, type SimulationNodeDatum, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import { useMemo } from 'preact/hooks';
import type { Index } from '../data/index';
import { valueOf, withPerson } from '../data/query';
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
const TICKS = 120;
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

interface Node extends SimulationNodeDatum {
  who: number;
  /** The events in common with the person in the centre. */
  events: number;
}

interface Link extends SimulationLinkDatum<Node> {
  events: number;
}

interface Network {
  nodes: Node[];
  links: Link[];
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
  const facet = store.results.value.facets.get('participant')!;
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
  const most = Math.max(1, ...others.map((node) => node.events));
  const add = (node: Node) => store.go(withPerson(store.query.value, participants[node.who]!.id));
  const name = (node: Node) => sayNumber('together', node.events, { name: participants[node.who]!.label, count: number(node.events) });
  const middle = network.nodes[0]!;
  const labels = labelsOf(network.nodes, participants.map((who) => who.label), most);
  return (
    <>
      <svg class="network" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={say('network_label', { name: participants[centre]!.label })} onKeyDown={roving.onKeyDown}>
        {network.links.map((link, at) => {
          const [one, other] = [link.source as Node, link.target as Node];
          return <line key={at} class="tie" x1={one.x!.toFixed(1)} y1={one.y!.toFixed(1)} x2={other.x!.toFixed(1)} y2={other.y!.toFixed(1)} stroke-width={Math.min(1 + Math.sqrt(link.events) / 2, 6)} />;
        })}
        <g class="node centre" transform={`translate(${middle.x!.toFixed(1)} ${middle.y!.toFixed(1)})`}>
          <circle class="dot" r={16} />
          <text y={30}>{participants[centre]!.label}</text>
        </g>
        {others.map((node, at) => {
          const radius = radiusOf(node, most);
          return (
            <g key={node.who} role="button" class="node" aria-label={name(node)} transform={`translate(${node.x!.toFixed(1)} ${node.y!.toFixed(1)})`}
              {...roving.item(at)} onClick={() => add(node)} onKeyDown={onPress(() => add(node))}>
              <title>{name(node)}</title>
              <circle class="target" r={Math.max(radius, 13)} />
              <circle class="dot" r={radius} />
              {labels[at + 1] && <text y={labels[at + 1]!.y} class={sideOf(node)}>{labels[at + 1]!.text}</text>}
            </g>
          );
        })}
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
  return node.x! < EDGE ? 'starts' : node.x! > WIDTH - EDGE ? 'ends' : '';
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
function labelsOf(nodes: Node[], names: string[], most: number): (Label | null)[] {
  const taken: Rectangle[] = [];
  return nodes.map((node, at) => {
    const radius = at === 0 ? 16 : radiusOf(node, most);
    const text = at === 0 ? names[node.who]! : shortened(names[node.who]!);
    const width = [...text].reduce((sum, letter) => sum + (letter > '\u1100' && letter !== '…' ? SYLLABLE : LETTER), 0);
    const side = at === 0 ? '' : sideOf(node);
    const left = node.x! - (side === 'starts' ? 0 : side === 'ends' ? width : width / 2);
    for (const y of [radius + (at === 0 ? 14 : 12), -radius - 5]) {
      const bottom = node.y! + y + 3;
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
  const middle: Node = { who: centre, events: groups.length, fx: 0, fy: 0 };
  const nodes: Node[] = [middle, ...nearest.slice(0, MOST).map(([who, number]) => ({ who, events: number }))];
  const links = linksOf(nodes, groups);
  settle(nodes, links);
  return { nodes, links, left: Math.max(nearest.length - MOST, 0) };
}

/** Return a link for each pair of people who were at an event together. */
function linksOf(nodes: Node[], groups: Uint16Array[]): Link[] {
  const placeOf = new Map(nodes.map((node, at) => [node.who, at]));
  const counts = new Map<number, number>();
  for (const group of groups) {
    const present = [...group].flatMap((who) => placeOf.get(who) ?? []).sort((a, b) => a - b);
    present.forEach((one, at) => {
      for (const other of present.slice(at + 1)) {
        const pair = one * nodes.length + other;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    });
  }
  return [...counts].map(([pair, events]) => ({ source: nodes[Math.floor(pair / nodes.length)]!, target: nodes[pair % nodes.length]!, events }));
}

/** Place the nodes. The simulation runs to its rest before anything is drawn: nothing moves on the screen. */
function settle(nodes: Node[], links: Link[]): void {
  const most = Math.max(1, ...nodes.slice(1).map((node) => node.events));
  const simulation = forceSimulation(nodes)
    .force('tie', forceLink<Node, Link>(links).distance(120).strength((link) => 0.03 * Math.min(link.events, 5)))
    .force('apart', forceManyBody().strength(-500))
    .force('room', forceCollide<Node>((node) => radiusOf(node, most) + 22))
    .force('x', forceX(0).strength(0.06))
    .force('y', forceY(0).strength(0.12))
    .alphaDecay(1 - 0.001 ** (1 / TICKS))
    .stop();
  simulation.tick(TICKS);
  fit(nodes, 'x', MARGIN_X, WIDTH - MARGIN_X);
  fit(nodes, 'y', MARGIN_Y, HEIGHT - 2 * MARGIN_Y);
}

/** Stretch the places of the nodes to the drawing, in one direction. */
function fit(nodes: Node[], axis: 'x' | 'y', first: number, last: number): void {
  const places = nodes.map((node) => node[axis]!);
  const [least, size] = [Math.min(...places), Math.max(...places) - Math.min(...places)];
  for (const node of nodes) {
    node[axis] = size > 0 ? first + ((node[axis]! - least) / size) * (last - first) : (first + last) / 2;
  }
}

function radiusOf(node: Node, most: number): number {
  return 5 + 13 * Math.sqrt(node.events / most);
}
