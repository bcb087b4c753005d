import { useMemo } from 'preact/hooks';
import type { Index } from '../data/index';
import { valueOf, withPerson } from '../data/query';
import { captionsOf } from '../captions';
import { type Body, type Tie, settle } from '../layout';
import { number, say, sayNumber } from '../page';
import type { Store } from '../store';
import { goAndFocus } from './Found';
import { onPress, useRoving } from './roving';
import { MOST_WIDTH, useWidth } from './width';

const HEIGHT = 560;
/** More people than this cannot be told apart. */
const MOST = 30;
/** People that are offered as a centre. */
const OFFERED = 8;
/** The radius of the disc in the centre, and of the area that a finger hits. */
const CENTRE = 16;
const TARGET = 13;
/** Room at the sides for names. */
const MARGIN_X = 40;
const MARGIN_Y = 24;
/** Longer names are shortened in their middle; the list has them whole. */
const LONGEST = 28;
interface Node extends Body {
  who: number;
  /** The events in common with the person in the centre. */
  events: number;
}

interface Found {
  /** The person in the centre first. */
  nodes: Node[];
  ties: Link[];
  /** People who are not drawn. */
  left: number;
}

interface Network extends Found {
  /** For each width of lines, the path of the lines that have it. */
  lines: Map<number, string>;
}

/** Whom a person met: the people of the same events, and who of them were there together. */
export function NetworkView({ store }: { store: Store }) {
  const index = store.index.value;
  const centre = centreOf(store);
  const { matches } = store.results.value;
  const width = useWidth();
  const found = useMemo(() => (centre < 0 ? null : networkOf(index, matches, centre)), [index, matches, centre]);
  const network = useMemo(() => found && fitted(found, width), [found, width]);
  if (!network) return <Offer store={store} />;
  return <Drawn store={store} network={network} centre={centre} width={width} />;
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

function Drawn({ store, network, centre, width }: { store: Store; network: Network; centre: number; width: number }) {
  const { participants } = store.index.value;
  const others = network.nodes.filter((node) => node.who !== centre);
  const roving = useRoving(others.length);
  const add = (node: Node) => store.go(withPerson(store.query.value, participants[node.who]!.id));
  const name = (node: Node) => sayNumber('together', node.events, { name: participants[node.who]!.label, count: number(node.events) });
  const middle = network.nodes[0]!;
  const named = network.nodes.map((node, at) => {
    const { label } = participants[node.who]!;
    return { ...node, name: at === 0 ? label : shortened(label) };
  });
  const captions = captionsOf(named, width, HEIGHT);
  return (
    <>
      <svg class="network" viewBox={`0 0 ${width} ${HEIGHT}`} role="group" aria-label={say('network_label', { name: participants[centre]!.label })} onKeyDown={roving.onKeyDown}>
        {[...network.lines].map(([size, path]) => <path key={size} class="tie" d={path} stroke-width={size} />)}
        <g class="node centre" transform={`translate(${middle.x.toFixed(1)} ${middle.y.toFixed(1)})`}>
          <circle class="dot" r={middle.radius} />
        </g>
        {others.map((node, at) => (
          <g key={node.who} role="button" class="node" aria-label={name(node)} transform={`translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`}
            {...roving.item(at)} onClick={() => add(node)} onKeyDown={onPress(() => add(node))}>
            <title>{name(node)}</title>
            <circle class="target" r={Math.max(node.radius, TARGET)} />
            <circle class="dot" r={node.radius} />
          </g>
        ))}
        <g class="names" aria-hidden="true">
          {named.map(({ who, name: text, x, y }, at) => captions[at] && <text key={who} x={x + captions[at].x} y={y + captions[at].y}>{text}</text>)}
        </g>
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

/** The ends of names tell ministries of two states apart. */
function shortened(name: string): string {
  const half = (LONGEST - 2) / 2;
  return name.length > LONGEST ? `${name.slice(0, half).trimEnd()}…${name.slice(-half).trimStart()}` : name;
}

/** Return the first participant in the query; -1 without one. */
function centreOf(store: Store): number {
  const id = valueOf(store.query.value, 'participant') ?? valueOf(store.query.value, 'participant_all');
  return store.index.value.participants.findIndex((who) => who.id === id);
}

function networkOf({ events }: Index, matches: Int32Array, centre: number): Found {
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
  return { nodes, ties, left: Math.max(nearest.length - MOST, 0) };
}

/** Return the network in a drawing of the width: a narrow one has smaller discs, and is higher than wide. */
function fitted(found: Found, width: number): Network {
  const part = Math.max(width / MOST_WIDTH, 0.6);
  const nodes = found.nodes.map((node) => ({ ...node, radius: node.radius * part }));
  fit(nodes, 'x', MARGIN_X * part, width - MARGIN_X * part);
  fit(nodes, 'y', MARGIN_Y, HEIGHT - 2 * MARGIN_Y);
  return { ...found, nodes, lines: linesOf(nodes, found.ties) };
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
