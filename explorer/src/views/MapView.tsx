import { geoAzimuthalEqualArea, geoPath } from 'd3-geo';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Index } from '../data/index';
import { has, valuesOf, withOnly, without } from '../data/query';
import type { Facet } from '../data/results';
import { number, page, say, sayNumber } from '../page';
import { REGIONS, type Region, type Store } from '../store';
import { EventLine } from './List';
import { onPress, useRoving } from './roving';

type World = Topology<{ countries: GeometryCollection }>;

const WIDTH = 800;
const HEIGHT = 460;
/** The centre of each map, and the corners that it must show, in degrees. */
const EXTENTS = {
  far_east: { centre: [131, 43], corners: [[120, 34], [142, 34], [118, 51], [144, 51]] },
  eurasia: { centre: [78, 48], corners: [[0, 30], [140, 28], [10, 62], [150, 60]] },
} as const;
/** Events without a place that are listed. */
const MOST_PLACELESS = 50;

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
  const { projection, shore, borders } = useMemo(() => drawLand(land, region), [land, region]);
  const cities = citiesOf(store.index.value, store.results.value.facet('place'));
  const places = cities.map((city) => ({ city, at: projection(city.position) })).filter((each) => isInside(each.at));
  const elsewhere = cities.filter((city) => !isInside(projection(city.position)));
  const largest = Math.max(1, ...cities.map((city) => city.events));
  const roving = useRoving(places.length);
  const { placeless } = store.results.value;
  return (
    <>
      <p class="tools" role="group" aria-label={say('region')}>
        {REGIONS.map((each) => (
          <button key={each} type="button" aria-pressed={each === region} onClick={() => store.showRegion(each)}>{say(each)}</button>
        ))}
      </p>
      <svg class="map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={say('map_label')} onKeyDown={roving.onKeyDown}>
        <path class="land" d={shore} />
        <path class="border" d={borders} />
        {places.map(({ city, at }, n) => {
          const radius = 5 + 19 * Math.sqrt(city.events / largest);
          const name = sayNumber('named_events', city.events, { name: city.label, count: number(city.events) });
          const isChosen = has(store.query.value, 'place', city.id);
          return (
            <g key={city.id} role="button" class={`bubble${isChosen ? ' marked' : ''}`} aria-pressed={isChosen} aria-label={name}
              transform={`translate(${at![0].toFixed(1)} ${at![1].toFixed(1)})`} {...roving.item(n)}
              onClick={() => choose(store, city)} onKeyDown={onPress(() => choose(store, city))}>
              <title>{name}</title>
              <circle class="target" r={Math.max(radius, 12)} />
              <circle class="dot" r={radius} />
              {isLabelled(places, n) && <text y={radius + 13}>{city.label}</text>}
            </g>
          );
        })}
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
    const projection = projectionOf(region);
    return chosen.every(({ longitude, latitude }) => isInside(projection([longitude, latitude])));
  };
  return REGIONS.find(isHeld) ?? 'eurasia';
}

function projectionOf(region: Region) {
  const { centre, corners } = EXTENTS[region];
  return geoAzimuthalEqualArea()
    .rotate([-centre[0], -centre[1]])
    .fitSize([WIDTH, HEIGHT], { type: 'MultiPoint', coordinates: corners.map((corner) => [...corner]) })
    .clipExtent([[-2, -2], [WIDTH + 2, HEIGHT + 2]]);
}

function drawLand(land: World | null, region: Region) {
  const projection = projectionOf(region);
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

function isInside(at: [number, number] | null): boolean {
  return at !== null && at[0] >= 0 && at[0] <= WIDTH && at[1] >= 0 && at[1] <= HEIGHT;
}

/** Whether a larger bubble leaves room for the name of this one. */
function isLabelled(places: { at: [number, number] | null }[], n: number): boolean {
  const [x, y] = places[n]!.at!;
  return places.slice(0, n).every(({ at }) => Math.abs(at![0] - x) > 70 || Math.abs(at![1] - y) > 26);
}

function choose(store: Store, city: City): void {
  // A bubble counts the sites of its city.
  const query = without(store.query.value, 'within');
  store.go(has(query, 'place', city.id) ? without(query, 'place') : withOnly(query, 'place', city.id));
}

