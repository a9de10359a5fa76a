import { describe, expect, test } from "vitest";
import { describeProvider } from "./provider-contract.ts";
import { picture, settingsOf, videoRequest } from "./request-parts.ts";
import type { RefusalCase, RequestCase, VendorStandIn } from "./vendor-stand-in.ts";
import { openVendor } from "./vendor-world.ts";
import { clip, good, modelsOf, refusals, xaiStandIn } from "./xai-stand-in.ts";

const atEnd = (name: string, body: unknown, code: RefusalCase["code"]): RefusalCase => ({
  name,
  at: "poll",
  status: 200,
  body,
  code,
  outcome: "unknown",
});
const clips: VendorStandIn = {
  ...xaiStandIn,
  mode: "queue",
  fileHosts: ["vidgen.x.ai"],
  requests: modelsOf("video").flatMap((model): RequestCase[] => [
    {
      name: `${model.title}, from a prompt`,
      model: model.id,
      request: videoRequest(settingsOf(model)),
      sends: { duration: 6, resolution: "720p", generate_audio: true },
    },
    {
      name: `${model.title}, between two frames`,
      model: model.id,
      request: videoRequest(settingsOf(model, { resolution: "1080p" }), {
        first: picture(),
        last: picture(),
      }),
      sends: {
        resolution: "1080p",
        image: { url: expect.stringMatching(/^data:image/) as string },
        last_frame: { url: expect.stringMatching(/^data:image/) as string },
      },
    },
    {
      name: `${model.title}, by seven references`,
      model: model.id,
      request: videoRequest(settingsOf(model), {
        references: Array.from({ length: 7 }, () => picture()),
      }),
      sends: {
        reference_images: Array.from(
          { length: 7 },
          () => expect.objectContaining({ url: expect.any(String) as string }) as unknown,
        ),
      },
    },
  ]),
  refusals: [
    ...refusals,
    atEnd(
      "a clip that is withheld",
      { ...clip, video: { respect_moderation: false } },
      "moderated",
    ),
    atEnd(
      "a clip that failed",
      { status: "failed", error: { message: "no" } },
      "provider-unavailable",
    ),
    atEnd(
      "a clip that failed by its rules",
      { status: "failed", error: { code: "content_policy", message: "no" } },
      "moderated",
    ),
    atEnd("a clip that is gone", { status: "expired" }, "result-expired"),
    atEnd("a clip without an address", { status: "done", video: {} }, "provider-unavailable"),
  ],
};

describe("for clips", () => {
  describeProvider(clips);

  test("xAI says how far a clip is, and what it took", async () => {
    let turn = 0;
    const world = await openVendor(clips, (response, arrived) => {
      if (arrived.method !== "GET" || arrived.headers.host === "vidgen.x.ai" || turn > 0) {
        good(response, arrived);
        return;
      }
      turn += 1;
      response.writeHead(202, { "content-type": "application/json" });
      response.end(JSON.stringify({ status: "pending", progress: 42 }));
    });
    const call = world.call(clips.requests[0]!);
    const submission = await world.provider.submit(call);
    if (submission.kind !== "accepted") throw new Error("It was no job.");
    expect(await world.provider.poll?.(submission.handle, call)).toEqual({
      kind: "running",
      done: 0.42,
    });
    const standing = await world.provider.poll?.(submission.handle, call);
    expect(standing?.kind === "done" && standing.result.billedMicroDollars).toBe(840_000);
  });
});
