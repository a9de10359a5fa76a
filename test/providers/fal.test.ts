import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { falCatalog } from "../../server/providers/fal/models.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import { describeShared } from "../helpers/shared-folder.ts";
import { falCases, falConformer, falStandIn, goodFal } from "./fal-stand-in.ts";
import { isRecord, type Json } from "./normalize-schema.ts";
import { describeProvider } from "./provider-contract.ts";
import { imageRequest, picture, settingsOf } from "./request-parts.ts";
import { failureOf, modelOf, openVendor } from "./vendor-world.ts";

/** One way of each model: the contract is the same for all that one interpreter makes. */
const ones = falCatalog.models.flatMap(({ id }) =>
  falCases.filter(({ model }) => model === id).slice(0, 1),
);
const vendor = falStandIn(ones);
describeProvider(vendor);

const [banana] = ones;
const uri: unknown = expect.stringContaining("data:image/png;base64,");
const readJob =
  (answer: (path: string) => { status: number; body: unknown } | null): Behaviour =>
  (response, arrived) => {
    const own = arrived.method === "POST" ? null : answer(arrived.path);
    if (!own) {
      goodFal(response, arrived);
      return;
    }
    response.writeHead(own.status, { "content-type": "application/json" });
    response.end(JSON.stringify(own.body));
  };

async function acceptedOver(behave: Behaviour) {
  const world = await openVendor(vendor, behave);
  const call = world.call(banana!);
  const submission = await world.provider.submit(call);
  if (submission.kind !== "accepted") throw new Error("It was no job.");
  const { handle } = submission;
  return {
    ...world,
    poll: () => world.provider.poll!(handle, call),
    cancel: () => world.provider.cancel!(handle, call),
  };
}

const endpoints = [...new Set(falCases.map(({ endpoint }) => endpoint))];

/** Sends every request for an endpoint, and gives each with its name. */
async function sentTo(endpoint: string) {
  const world = await openVendor(vendor);
  const cases = falCases.filter((each) => each.endpoint === endpoint);
  for (const each of cases) await world.provider.submit(world.call(each));
  const paid = world.server.arrived.filter(vendor.isPaid);
  return paid.map((sent, at) => ({ name: cases[at]!.name, sent }));
}

describe("Every endpoint of every model at fal", () => {
  test.each(endpoints)("%s, with the least, with the most, and all settings", async (endpoint) => {
    const requests = await sentTo(endpoint);
    expect(requests.length).toBeGreaterThan(3);
    for (const { name, sent } of requests) {
      expect(sent.path, name).toBe(`/${endpoint}`);
      expect(sent.headers, name).toMatchObject({ host: "queue.fal.run", "x-fal-no-retry": "1" });
      // What is left open stays with fal's own default: nothing is sent that nobody chose.
      expect(Object.values(JSON.parse(sent.body) as object), name).not.toContain("");
    }
  });
});

describeShared("fal by the types of its own client", "specs/fal-endpoints.schema.json", (path) => {
  const read = JSON.parse(readFileSync(path, "utf8")) as Json;
  if (!isRecord(read)) throw new Error("These are no endpoints of fal.");
  const conformer = falConformer(read);

  test.each(endpoints.filter((each) => conformer.has(each)))(
    "takes all that goes to %s",
    async (endpoint) => {
      for (const { name, sent } of await sentTo(endpoint)) {
        expect(await conformer.check(sent), name).toEqual([]);
      }
    },
  );

  test("flags a field that is wrong, one too many, and one that is missing", async () => {
    const path = "/fal-ai/kling-video/v3/pro/text-to-video";
    const sent = (body: unknown, at = path) =>
      conformer.check({ method: "POST", path: at, headers: {}, body: JSON.stringify(body) });
    expect(await sent({ prompt: "x", duration: "5" })).toEqual([]);
    expect(await sent({ prompt: "x", duration: 5 })).not.toEqual([]);
    expect(await sent({ prompt: "x", aspect: "16:9" })).not.toEqual([]);
    expect(await sent({ mask_url: "x" }, "/fal-ai/bria/eraser")).not.toEqual([]);
  });

  test("knows all endpoints but those that are younger than it", () => {
    const unknown = endpoints.filter((endpoint) => !conformer.has(endpoint));
    expect([endpoints.length, unknown]).toEqual([
      44,
      [
        "google/nano-banana-2.1/edit",
        "google/nano-banana-2.1",
        "blackforestlabs/flux-3/edit-image",
        "blackforestlabs/flux-3/text-to-image",
        ...["2.5", "2.5/flash", "2.0"].flatMap((version) =>
          ["image", "reference", "text"].map(
            (from) => `bytedance/seedance-${version}/${from}-to-video`,
          ),
        ),
      ],
    ]);
  });
});

describe("What fal is sent", () => {
  const bodyOf = async (model: string, changes: Parameters<typeof imageRequest>[1]) => {
    const world = await openVendor(vendor);
    const row = modelOf(world, { name: "", model, request: imageRequest({}) });
    const request = imageRequest(settingsOf(row, { ratio: "16:9" }), changes);
    await world.provider.submit(world.call({ name: "", model, request }));
    return { ...(JSON.parse(world.server.arrived[0]!.body) as object) };
  };

  test("keeps the order of references, the first apart from those of the style", async () => {
    const references = [picture(), picture(), picture()];
    expect(await bodyOf("fal:fal-ai/ideogram/v3", { references, mask: picture() })).toMatchObject({
      image_url: uri,
      mask_url: uri,
      image_urls: [uri, uri],
    });
  });

  test("puts a picture in the middle of the smallest canvas of a ratio", async () => {
    const body = await bodyOf("fal:fal-ai/bria/expand", { prompt: "", references: [picture()] });
    expect(body).toEqual({
      image_url: uri,
      canvas_size: [1365, 768],
      original_image_size: [1024, 768],
      original_image_location: [170, 0],
      seed: 7,
    });
  });

  test("nothing where no endpoint takes what is connected", async () => {
    const kling = falCases.find(({ model }) => model === "fal:fal-ai/kling-video/v3/pro");
    const world = await openVendor(vendor);
    if (kling?.request.task !== "video") throw new Error("Kling makes clips.");
    const request = { ...kling.request, first: null, last: picture() };
    const failure = await failureOf(world.provider.submit(world.call({ ...kling, request })));
    expect(failure.outcome).toBe("not-billed");
    expect(failure.failure).toMatchObject({
      code: "input-invalid",
      message:
        "Kling 3 Pro can make nothing from a prompt and a last frame: it works from a first frame and a prompt, or a prompt. It cost nothing.",
    });
    expect(world.server.arrived).toEqual([]);
  });
});

describe("A job at fal", () => {
  test("is asked for where fal said, with the key there alone, and tells what was billed", async () => {
    const world = await acceptedOver(goodFal);
    const standing = await world.poll();
    expect(standing).toMatchObject({ kind: "done", result: { billedMicroDollars: 40_000 } });
    expect(world.server.arrived.map(({ headers, path }) => `${headers.host}${path}`)).toEqual([
      "queue.fal.run/google/nano-banana-2.1/edit",
      "queue.fal.run/fal-ai/any/requests/job-1/status",
      "queue.fal.run/fal-ai/any/requests/job-1",
      "v3b.fal.media/files/b/made.png",
      "api.fal.ai/v1/models/billing-events?request_id=job-1&limit=1",
    ]);
  });

  test("whose bill fal cannot tell yet has none", async () => {
    const world = await acceptedOver(
      readJob((path) => (path.startsWith("/v1/models/billing") ? { status: 503, body: {} } : null)),
    );
    expect(await world.poll()).toMatchObject({ result: { billedMicroDollars: null } });
  });

  test("that is not done goes on", async () => {
    const waiting = { status: 202, body: { status: "IN_QUEUE", queue_position: 3 } };
    const world = await acceptedOver(
      readJob((path) => (path.endsWith("/status") ? waiting : null)),
    );
    expect(await world.poll()).toEqual({ kind: "running", done: null });
  });

  test("may end with a failure although it is completed, and with a picture that is withheld", async () => {
    const detail = [{ loc: ["body", "image_url"], msg: "too small", type: "image_too_small" }];
    const failed = await acceptedOver(
      readJob((path) => (path.endsWith("/job-1") ? { status: 422, body: { detail } } : null)),
    );
    expect((await failureOf(failed.poll())).failure.setting).toBe("image_url");
    const images = [{ url: "https://v3b.fal.media/black.png" }];
    const black = { status: 200, body: { images, has_nsfw_concepts: [true] } };
    const withheld = await acceptedOver(
      readJob((path) => (path.endsWith("/job-1") ? black : null)),
    );
    expect((await failureOf(withheld.poll())).failure.code).toBe("moderated");
  });

  test.each([
    [200, "OK", true],
    [202, "CANCELLATION_REQUESTED", false],
    [400, "ALREADY_COMPLETED", false],
    [404, "NOT_FOUND", false],
  ] as const)(
    "that is to stop answers %d %s: not billed for certain %s",
    async (status, said, isFree) => {
      const world = await acceptedOver(readJob(() => ({ status, body: { status: said } })));
      expect(await world.cancel()).toBe(isFree);
      const [, asked] = world.server.arrived;
      expect([asked?.method, asked?.path]).toEqual(["PUT", "/fal-ai/any/requests/job-1/cancel"]);
    },
  );
});
