import { expect } from "vitest";
import { omniRows } from "../../server/providers/google/omni-models.ts";
import type { Arrived } from "../helpers/fault-server.ts";
import { atSubmit, error, googleStandIn, isFile } from "./google-stand-in.ts";
import { picture, settingsOf, videoRequest } from "./request-parts.ts";
import type { RequestCase, VendorStandIn } from "./vendor-stand-in.ts";

/** A clip that is made, as an interaction tells it: after what was sent, and what was thought. */
export const madeClip = (video: Readonly<Record<string, unknown>>) => ({
  id: "v1_interaction/1",
  status: "completed",
  steps: [
    { type: "user_input", content: [{ type: "text", text: "A red apple falls" }] },
    { type: "thought", signature: "c2ln" },
    { type: "model_output", content: [{ type: "video", mime_type: "video/mp4", ...video }] },
  ],
  usage: { output_tokens_by_modality: [{ modality: "video", tokens: 57_920 }] },
});
const uri = "https://generativelanguage.googleapis.com/v1beta/files/clip-2:download?alt=media";
/** An interaction that stands so. */
export const withStatus = (status: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id: "v1_interaction/1",
  status,
  ...more,
});
const told = {
  steps: [{ type: "model_output", content: [{ type: "text", text: "I cannot make this." }] }],
};

const [row] = omniRows;
const model = `google:${row!.id}`;
const image = { type: "image", data: expect.any(String) as string, mime_type: "image/png" };
const config = (task: string) => ({ generation_config: { video_config: { task } } });

/** Every way in which Omni is asked for a clip. */
export const omniCases: readonly RequestCase[] = [
  {
    name: "Gemini Omni, from a prompt",
    model,
    request: videoRequest(settingsOf(row!)),
    sends: {
      model: "gemini-omni-1.1-flash",
      input: [{ type: "text", text: "A red apple falls" }],
      background: true,
      response_format: {
        type: "video",
        delivery: "uri",
        aspect_ratio: "16:9",
        resolution: "720p",
        duration: "8s",
      },
      ...config("text_to_video"),
    },
  },
  {
    name: "Gemini Omni, upright in 4K from a first frame",
    model,
    request: videoRequest(settingsOf(row!, { ratio: "9:16", resolution: "4k", duration: 3 }), {
      first: picture(),
    }),
    sends: {
      input: [image, { type: "text" }],
      response_format: { aspect_ratio: "9:16", resolution: "4k", duration: "3s" },
      ...config("image_to_video"),
    },
  },
  {
    name: "Gemini Omni, by five references",
    model,
    request: videoRequest(settingsOf(row!), {
      references: Array.from({ length: 5 }, () => picture()),
    }),
    sends: {
      input: [...Array.from({ length: 5 }, () => image), { type: "text" }],
      ...config("reference_to_video"),
    },
  },
];

const ends = [
  ["a clip that is withheld", withStatus("completed", told), "moderated"],
  [
    "a clip that was blocked",
    withStatus("failed", { error: { message: "The video was blocked for safety reasons." } }),
    "moderated",
  ],
  [
    "a request that turned out wrong",
    withStatus("failed", { error: { code: "invalid_request", message: "no" } }),
    "provider-refused",
  ],
  ["a failure", withStatus("failed"), "provider-unavailable"],
  ["a clip that was made and lost", { ...madeClip({}) }, "provider-unavailable"],
  ["an end without anything", withStatus("completed", { steps: [] }), "provider-unavailable"],
  ["somebody else's stop", withStatus("cancelled"), "provider-unavailable"],
  ["a clip that was not finished", withStatus("incomplete"), "provider-unavailable"],
  ["an empty budget", withStatus("budget_exceeded"), "account-empty"],
] as const;

/** Google where it is asked for Omni's clips. */
export const omniStandIn: VendorStandIn = {
  ...googleStandIn,
  mode: "queue",
  good: (response, arrived: Arrived) => {
    const { method, headers } = arrived;
    if (isFile(arrived) || headers.host === "storage.googleapis.com") {
      googleStandIn.good(response, arrived);
      return;
    }
    const said = method === "POST" ? withStatus("in_progress") : madeClip({ uri });
    response.setHeader("content-type", "application/json").end(JSON.stringify(said));
  },
  requests: omniCases,
  refusals: [
    ...atSubmit,
    {
      name: "a prompt that is blocked",
      at: "submit",
      status: 400,
      body: [error(400, "INVALID_ARGUMENT", [], "The input was blocked by our safety policy.")],
      code: "moderated",
      outcome: "not-billed",
    },
    {
      name: "a field by a word",
      at: "submit",
      status: 400,
      body: { error: { code: "invalid_request", message: "duration is not supported" } },
      code: "provider-refused",
      outcome: "not-billed",
    },
    {
      name: "a clip that is withheld at once",
      at: "submit",
      status: 200,
      body: withStatus("completed", told),
      code: "moderated",
      outcome: "unknown",
    },
    ...ends.map(([name, body, code]) => ({
      name,
      at: "poll" as const,
      status: 200,
      body,
      code,
      outcome: "unknown" as const,
    })),
  ],
};
