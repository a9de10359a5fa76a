import { expect } from "vitest";
import type { Model } from "#domain/model";
import { magnificCatalog } from "../../server/providers/magnific/models.ts";
import type { ModelRequest } from "../../server/providers/provider.ts";
import { filesHost } from "./magnific-stand-in.ts";
import { picture } from "./request-parts.ts";
import { settingsThrough } from "./settings-through.ts";
import type { RequestCase } from "./vendor-stand-in.ts";

const { models } = magnificCatalog("magnific", "Magnific");
/** A model of Magnific by the vendor's id. */
export const modelNamed = (id: string): Model =>
  models.find((model) => model.id === `magnific:${id}`)!;

/** What is given to a model for one of its settings: as little, or as much, as it takes. */
function requestFor(
  model: Model,
  settings: Record<string, unknown>,
  isMost: boolean,
): ModelRequest {
  const has = (port: string) => model.needs?.includes(port) === true || isMost;
  const some = (port: string) => (has(port) && (model.inputs[port] ?? 0) > 0 ? picture() : null);
  const isPaired = model.id.endsWith("image-style-transfer");
  const most = isMost
    ? (model.inputs["references"] ?? 0)
    : isPaired
      ? 2
      : has("references")
        ? 1
        : 0;
  const prompt = (model.inputs["prompt"] ?? 0) > 0 ? "A red apple" : "";
  const fluid = settings["look"] === "fluid" ? { ratio: "4:3" } : {};
  const shared = { settings: { ...settings, ...fluid }, prompt };
  const references = Array.from({ length: most }, () => picture());
  switch (model.task) {
    case "image":
      return { ...shared, task: "image", references, mask: some("mask"), count: 1 };
    case "video": {
      const isVeo = model.id.endsWith("veo-3-1");
      const frames = isVeo
        ? { first: null, last: null }
        : { first: some("first"), last: some("last") };
      return { ...shared, ...frames, task: "video", references, audio: null, count: 1 };
    }
    case "audio":
      return { ...shared, task: "audio" };
    case "upscale":
      return {
        settings: shared.settings,
        task: "upscale",
        image: picture(),
        scale: Number(settings["scale"]),
      };
    case "camera":
      return {
        settings: shared.settings,
        task: "camera",
        image: picture(),
        horizontalDegrees: Number(settings["horizontalDegrees"]),
        verticalDegrees: Number(settings["verticalDegrees"]),
        zoom: Number(settings["zoom"]),
      };
    case "text":
      throw new Error(`Magnific makes no ${model.task}.`);
  }
}

/** Every model with all that its settings can be; nothing of it may be refused by the adapter itself. */
export const requests = models.flatMap((model): RequestCase[] =>
  settingsThrough(model).map((settings, at) => {
    const isExpand = model.id.includes("image-expand");
    const grown = isExpand && settings["left"] === 0 ? { ...settings, left: 1 } : { ...settings };
    return {
      name: `${model.title}, ${at === 0 ? "as it stands" : `settings ${at}`}`,
      model: model.id,
      request: requestFor(model, grown, at > 0),
    };
  }),
);

/** A request of a model by what is special about it. */
export const asked = (
  id: string,
  name: string,
  request: Partial<ModelRequest>,
  sends: RequestCase["sends"],
): RequestCase => {
  const model = modelNamed(id);
  const [defaults = {}] = settingsThrough(model);
  const base = requestFor(model, { ...defaults, ...request.settings }, false);
  const settings = { ...base.settings, ...request.settings };
  const whole = { ...base, ...request, settings } as ModelRequest;
  return { name, model: `magnific:${id}`, request: whole, ...(sends && { sends }) };
};

/** The address of what was uploaded. */
export const address = `https://${filesHost}/asset.png`;
/** Requests whose fields no specification can tell apart. */
export const special: readonly RequestCase[] = [
  asked(
    "mystic",
    "Mystic with one reference, for its style",
    {
      settings: { first_reference: "style", resolution: "4K", ratio: "9:20" },
      references: [picture()],
    },
    {
      style_reference: expect.any(String),
      adherence: 50,
      resolution: "4k",
      aspect_ratio: "smartphone_vertical_9_20",
    },
  ),
  asked(
    "image-upscaler",
    "Creative as a preset",
    { settings: { preset: "subtle", scale: "4" }, scale: 4 },
    {
      scale_factor: "4x",
      creativity: -3,
      resemblance: 4,
    },
  ),
  asked(
    "image-change-camera",
    "a camera at the side",
    { horizontalDegrees: 90 },
    {
      image: address,
      horizontal_angle: 90,
      vertical_angle: 0,
      zoom: 5,
      seed: 7,
    },
  ),
  asked(
    "kling-v3-pro",
    "a clip between two frames",
    { first: picture(), last: picture() },
    {
      start_image_url: address,
      end_image_url: address,
      duration: "5",
    },
  ),
  asked(
    "veo-3-1",
    "a clip from a first frame",
    { first: picture() },
    {
      image: expect.any(String),
      duration: 8,
    },
  ),
];
