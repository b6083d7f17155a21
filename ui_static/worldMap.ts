import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Plugin } from "vite";

const NAME = "virtual:world-map";
const RESOLVED = `\0${NAME}`;
const ANTARCTICA = "010";
const WIDTH = 1000;
// The map's middle, in degrees east: its edge then runs through no land but Russia's last cape.
const MIDDLE = 11;

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** "DE" for the number 276 of ISO 3166-1: the Unicode locale data know both as the same region. */
function codeOf(number: string | number | undefined, name: string): string | null {
  // Natural Earth gives Kosovo, Northern Cyprus and Somaliland no number; the first has a code all the same.
  if (number === undefined) return name === "Kosovo" ? "XK" : null;
  const [locale = ""] = Intl.getCanonicalLocales(`und-${String(number).padStart(3, "0")}`);
  return locale.slice("und-".length);
}

function drawn() {
  const file = createRequire(import.meta.url).resolve("world-atlas/countries-110m.json");
  const world = JSON.parse(readFileSync(file, "utf8")) as World;
  const { features } = feature(world, world.objects.countries);
  const lands = features.filter(({ id }) => id !== ANTARCTICA);
  const all = { type: "FeatureCollection" as const, features: lands };
  const path = geoPath(geoEqualEarth().rotate([-MIDDLE, 0]).fitWidth(WIDTH, all)).digits(0);
  const [, [, bottom]] = path.bounds(all);
  return {
    height: Math.ceil(bottom),
    lands: lands.map((land) => ({
      code: codeOf(land.id, land.properties.name),
      path: path(land) ?? "",
    })),
  };
}

/**
 * The countries of the world as outlines to draw, made when the dashboard is built, so that no browser
 * has to project them. The outlines are those of Natural Earth (naturalearthdata.com, public domain) by
 * way of the package world-atlas (ISC licence).
 */
export function worldMap(): Plugin {
  return {
    name: "analytiq-world-map",
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined;
      const { height, lands } = drawn();
      return `export const width = ${WIDTH}, height = ${height}, lands = ${JSON.stringify(lands)};`;
    },
  };
}
