import fc from "fast-check";
import { expect, test } from "vitest";
import { checkModelNeeds } from "#domain/check-model-needs";
import { chooseWay } from "../../server/providers/fal/choose-way.ts";
import { falCatalog } from "../../server/providers/fal/models.ts";
import { CallFailure } from "../../server/providers/provider.ts";
import { buildGraph } from "../helpers/build-graph.ts";
import { imageRequest, picture, videoRequest } from "./request-parts.ts";

/** What a node gives a model of fal where these inputs are filled. */
function requestWith(task: string, given: readonly string[]) {
  const filled = Object.fromEntries(
    given.map((name) => [name, name === "references" ? [picture()] : picture()]),
  );
  const prompt = given.includes("prompt") ? "Go" : "";
  const make = task === "video" ? videoRequest : imageRequest;
  return { ...make({}), ...filled, prompt };
}

const severalWays = falCatalog.models.filter(({ ways }) => ways !== undefined);

test.each(severalWays)("what $title can be given together is known beforehand", (model) => {
  const type = model.task === "video" ? "video-generator" : "image-generator";
  const [node] = buildGraph().node("n", type).done().nodes;
  const { ways } = falCatalog.rowOf(model.id).wire;
  fc.assert(
    fc.property(fc.subarray(Object.keys(model.inputs)), (given) => {
      const issues = checkModelNeeds(node!, model, (name) => given.includes(name));
      const way = chooseWay({ id: "fal" }, model.title, ways, requestWith(model.task, given));
      expect(issues.length).toBe(way instanceof CallFailure ? 1 : 0);
    }),
  );
});

test("what a model cannot do without is what all of its endpoints need", () => {
  const needs = Object.fromEntries(falCatalog.models.map((model) => [model.id, model.needs]));
  expect(needs).toMatchObject({
    "fal:google/nano-banana-2.1": ["prompt"],
    "fal:fal-ai/ideogram/v3": ["prompt"],
    "fal:fal-ai/bria/genfill": ["references", "mask", "prompt"],
    "fal:fal-ai/bria/eraser": ["references", "mask"],
    "fal:fal-ai/bria/expand": ["references"],
    "fal:fal-ai/wan/v2.7": [],
  });
});
