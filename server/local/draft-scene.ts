import type { DraftStage } from "./draft-stage.ts";
import { drawSvg } from "./draw-svg.ts";
import type { Pixels } from "./open-picture.ts";
import type { DraftPlace } from "./prompt-reading.ts";
import { drawCity } from "./scene-city.ts";
import { drawDunes, drawForest, drawRidges, drawSea } from "./scene-land.ts";
import { drawRoom, planRoom } from "./scene-room.ts";
import { drawSky, placeLight, type SceneLight } from "./scene-sky.ts";
import { drawSubject } from "./scene-subject.ts";
import { pick } from "./seeded-random.ts";

type DrawLand = (stage: DraftStage, light: SceneLight) => string;

const lands: Readonly<Record<Exclude<DraftPlace, "room">, DrawLand>> = {
  ridges: drawRidges,
  dunes: drawDunes,
  sea: drawSea,
  city: drawCity,
  forest: drawForest,
};

/** The scene look: a place with a horizon or a room, and a stand-in where the subject would be. */
export function drawScene(stage: DraftStage): Pixels {
  const { widthPx, heightPx } = stage;
  const place = placeOf(stage);
  return drawSvg(place === "room" ? inRoom(stage) : outside(stage, place), widthPx, heightPx);
}

/** The named place; else a room for a thing, and a landscape that the seed picks for the rest. */
function placeOf({ reading, random }: DraftStage): DraftPlace {
  if (reading.place) return reading.place;
  if (reading.subject) return "room";
  return pick(random, ["ridges", "dunes", "sea", "room"] as const);
}

function inRoom(stage: DraftStage): string {
  const { reading, heightPx } = stage;
  const plan = planRoom(stage);
  const room = drawRoom(stage, plan, reading.subject !== null);
  if (!reading.subject) return room;
  // A person is cut by the picture's lower edge, a thing stands on the pedestal.
  const standing =
    reading.subject === "person"
      ? { x: plan.standX, y: heightPx, tallPx: Math.min(heightPx * 0.78, plan.standHalfPx * 4.2) }
      : { x: plan.standX, y: plan.standY, tallPx: plan.standHalfPx * 2.1 };
  return room + drawSubject(stage, reading.subject, standing);
}

function outside(stage: DraftStage, place: Exclude<DraftPlace, "room">): string {
  const { reading, widthPx, heightPx } = stage;
  const light = placeLight(stage);
  const land = drawSky(stage, light) + lands[place](stage, light);
  if (!reading.subject) return land;
  const tallPx = Math.min(heightPx * 0.52, widthPx * 0.6);
  const y = reading.subject === "person" ? heightPx : heightPx * 0.9;
  return land + drawSubject(stage, reading.subject, { x: widthPx * 0.7, y, tallPx });
}
