import { geoAzimuthalEqualArea, geoPath } from 'd3-geo';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Index } from '../data/index';
import { has, valuesOf, withOnly, without } from '../data/query';
import type { Facet } from '../data/results';
import { captionsOf } from '../captions';
import { number, page, say, sayNumber } from '../page';
import { REGIONS, type Region, type Store } from '../store';
import { EventLine } from './List';
import { onPress, useRoving } from './roving';
import { MOST_WIDTH, useWidth } from './width';

type World = Topology<{ countries: GeometryCollection }>;

/** The height of the map for its width, and the least one. */
const RATIO = 0.575;
const LEAST_HEIGHT = 300;
/** The centre of each map, and the corners that it must show, in degrees. */
const EXTENTS = {
  far_east: { centre: [131, 43], corners: [[120, 34], [142, 34], [118, 51], [144, 51]] },
  eurasia: { centre: [78, 48], corners: [[0, 30], [140, 28], [10, 62], [150, 60]] },
} as const;
/** Events without a place that are listed. */
const MOST_PLACELESS = 50;
/** The radius of the smallest bubble, of the largest one in a wide drawing, and of the area that a finger hits. */
const SMALLEST = 5;
const LARGEST = 24;
const TARGET = 13;

let world: Promise<World> | undefined;

/** Fetch the map once; the explorer does so early, so that it is there without a connection. */
export function loadMap(): Promise<World> {
  world ??= fetch(page.map).then((response) => response.json() as Promise<World>);
  world.catch(() => { world = undefined; });
  return world;
}

interface City {
  number: number;
  id: string;
  label: string;
  events: number;
  position: [number, number];
}

export function MapView({ store }: { store: Store }) {
  const [land, setLand] = useState<World | null>(null);
  const region = store.region.value ?? regionOfPlaces(store);
  useEffect(() => { loadMap().then(setLand, () => undefined); }, []);
  const width = useWidth();
  const height = heightOf(width);
  const { projection, shore, borders } = useMemo(() => drawLand(land, region, width), [land, region, width]);
  const cities = citiesOf(store.index.value, store.results.value.facet('place'));
  const most = Math.max(1, ...cities.map((city) => city.events));
  const growth = (LARGEST - SMALLEST) * Math.max(width / MOST_WIDTH, 0.6);
  const places = cities.flatMap((city) => {
    const at = projection(city.position);
    return isInside(at, width) ? [{ city, name: city.label, x: at[0], y: at[1], radius: SMALLEST + growth * Math.sqrt(city.events / most) }] : [];
  });
  const captions = captionsOf(places, width, height);
  const elsewhere = cities.filter((city) => !isInside(projection(city.position), width));
  const roving = useRoving(places.length);
  const { placeless } = store.results.value;
  return (
    <>
      <p class="tools" role="group" aria-label={say('region')}>
        {REGIONS.map((each) => (
          <button key={each} type="button" aria-pressed={each === region} onClick={() => store.showRegion(each)}>{say(each)}</button>
        ))}
      </p>
      <svg class="map" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={say('map_label')} onKeyDown={roving.onKeyDown}>
        <path class="land" d={shore} />
        <path class="border" d={borders} />
        {places.map(({ city, x, y, radius }, n) => {
          const name = sayNumber('named_events', city.events, { name: city.label, count: number(city.events) });
          const isChosen = has(store.query.value, 'place', city.id);
          return (
            <g key={city.id} role="button" class={`bubble${isChosen ? ' marked' : ''}`} aria-pressed={isChosen} aria-label={name}
              transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`} {...roving.item(n)}
              onClick={() => choose(store, city)} onKeyDown={onPress(() => choose(store, city))}>
              <title>{name}</title>
              <circle class="target" r={Math.max(radius, TARGET)} />
              <circle class="dot" r={radius} />
            </g>
          );
        })}
        <g class="names" aria-hidden="true">
          {places.map(({ city, x, y }, n) => captions[n] && <text key={city.id} x={x + captions[n].x} y={y + captions[n].y}>{city.label}</text>)}
        </g>
      </svg>
      {elsewhere.length > 0 && (
        <p>{say('elsewhere')}{' '}
          {elsewhere.map((city) => (
            <button key={city.id} type="button" class="link" aria-pressed={has(store.query.value, 'place', city.id)} onClick={() => choose(store, city)}>
              {city.label} ({number(city.events)})
            </button>
          ))}
        </p>
      )}
      {placeless.length > 0 && (
        <details>
          <summary>{sayNumber('placeless', placeless.length, { count: number(placeless.length) })}</summary>
          <ol class="events">
            {placeless.slice(0, MOST_PLACELESS).map((event) => <li key={event} class="event"><EventLine store={store} event={event} /></li>)}
          </ol>
          {placeless.length > MOST_PLACELESS && (
            <p class="more">{sayNumber('and_more', placeless.length - MOST_PLACELESS, { count: number(placeless.length - MOST_PLACELESS) })}</p>
          )}
        </details>
      )}
    </>
  );
}

/** Return the smallest region that holds the places in the query; the Far East without any. */
function regionOfPlaces(store: Store): Region {
  const ids = valuesOf(store.query.value, 'place');
  const chosen = store.index.value.places.filter(({ id }) => ids.includes(id));
  const isHeld = (region: Region) => {
    const projection = projectionOf(region, MOST_WIDTH);
    return chosen.every(({ longitude, latitude }) => isInside(projection([longitude, latitude]), MOST_WIDTH));
  };
  return REGIONS.find(isHeld) ?? 'eurasia';
}

function heightOf(width: number): number {
  return Math.max(Math.round(width * RATIO), LEAST_HEIGHT);
}

function projectionOf(region: Region, width: number) {
  const { centre, corners } = EXTENTS[region];
  return geoAzimuthalEqualArea()
    .rotate([-centre[0], -centre[1]])
    .fitSize([width, heightOf(width)], { type: 'MultiPoint', coordinates: corners.map((corner) => [...corner]) })
    .clipExtent([[-2, -2], [width + 2, heightOf(width) + 2]]);
}

function drawLand(land: World | null, region: Region, width: number) {
  const projection = projectionOf(region, width);
  if (!land) return { projection, shore: '', borders: '' };
  const path = geoPath(projection).digits(1);
  const { countries } = land.objects;
  return {
    projection,
    shore: path(feature(land, countries)) ?? '',
    borders: path(mesh(land, countries, (one, other) => one !== other)) ?? '',
  };
}

/** Return the places that lie in no other one: a city stands for its sites. The most frequent come first. */
function citiesOf(index: Index, facet: Facet): City[] {
  return facet.counts
    .filter(({ number: place }) => index.places[place]!.whole < 0)
    .map(({ number: place, events }) => {
      const { id, label, longitude, latitude } = index.places[place]!;
      return { number: place, id, label, events, position: [longitude, latitude] as [number, number] };
    });
}

function isInside(at: [number, number] | null, width: number): at is [number, number] {
  return at !== null && at[0] >= 0 && at[0] <= width && at[1] >= 0 && at[1] <= heightOf(width);
}

function choose(store: Store, city: City): void {
  // A bubble counts the sites of its city.
  const query = without(store.query.value, 'within');
  store.go(has(query, 'place', city.id) ? without(query, 'place') : withOnly(query, 'place', city.id));
}

