import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { costOfCall } from "#domain/price";
import { freepik, magnific } from "../../server/providers/magnific/index.ts";
import { statusPaths } from "../../server/providers/magnific/status-paths.ts";
import type { ModelRequest, PictureLimits } from "../../server/providers/provider.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import { describeShared } from "../helpers/shared-folder.ts";
import { openApiConformer, type Conformer } from "./conformer.ts";
import { address, asked, modelNamed, requests, special } from "./magnific-requests.ts";
import { good, isUpload, patched, standIn, uploadsHost } from "./magnific-stand-in.ts";
import { isRecord, type Json } from "./normalize-schema.ts";
import { describeProvider } from "./provider-contract.ts";
import { picture, smallPng } from "./request-parts.ts";
import { failureOf, openVendor, vendorSecret } from "./vendor-world.ts";

describeProvider(standIn(magnific, special, null));
const [forFreepik] = special;
describeProvider(
  standIn(
    freepik,
    [{ ...forFreepik!, model: forFreepik!.model.replace("magnific:", "freepik:") }],
    null,
  ),
);

describeShared("Magnific by its own specification", "specs/", (folder) => {
  const read = async (name: string): Promise<Json> =>
    JSON.parse(await readFile(`${folder}${name}`, "utf8")) as Json;
  const opened = (async (): Promise<Conformer> =>
    openApiConformer(await read("magnific.json"), "", patched))();
  const vendor = standIn(magnific, [...requests, ...special], () => opened);

  describe("takes what is asked", () => {
    test.each(vendor.requests.map((each) => [each.name, each] as const))(
      "for %s",
      async (_, each) => {
        const world = await openVendor(vendor);
        // With an address for its webhook, which it takes for every task.
        const provider = magnific.open({ ...world.parts, publicUrl: "https://relay.example" });
        await provider.submit(world.call(each, { hookPath: "/v1/hooks/magnific/secret" }));
        const conformer = await opened;
        const own = world.server.arrived.filter(
          ({ headers }) => headers.host === "api.magnific.com",
        );
        expect(own.filter(vendor.isPaid)).toHaveLength(1);
        const [paid] = own.filter(vendor.isPaid);
        const isTask = paid?.path !== "/v1/ai/beta/remove-background";
        expect(paid?.body.includes("webhook_url")).toBe(isTask);
        for (const one of own) expect(await conformer.check(one)).toEqual([]);
      },
    );
  });

  test("flags what it does not take", async () => {
    const conformer = await opened;
    const sent = (path: string, body: unknown) =>
      conformer.check({
        method: "POST",
        path,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect(await sent("/v1/ai/video/kling-v3-pro", { duration: 5 })).not.toEqual([]);
    expect(await sent("/v1/ai/image-upscaler", { image: "AA==", creativity: 11 })).not.toEqual([]);
    expect(await sent("/v1/ai/image-change-camera", { horizontal_angle: 361 })).not.toEqual([]);
  });

  test("asks for every task where the specification has it", async () => {
    const known = await read("magnific-status-paths.json");
    const status = isRecord(known) ? known["status"] : null;
    expect(status).toMatchObject(statusPaths);
  });
});

describe("a picture that Magnific wants by its address", () => {
  const camera = special[2]!;
  const vendor = standIn(magnific, special, null);
  const faults: readonly (readonly [string, string, Behaviour, string])[] = [
    ["is refused with 401", "api", (response) => response.writeHead(401).end("{}"), "key-refused"],
    ["is refused with 429", "api", (response) => response.writeHead(429).end(), "provider-limited"],
    ["meets nonsense", "api", (response) => response.end('{"files":[]}'), "provider-unavailable"],
    [
      "meets a reset",
      "api",
      (response) => response.socket?.resetAndDestroy(),
      "provider-unavailable",
    ],
    ["is not taken", "put", (response) => response.writeHead(403).end(), "provider-unavailable"],
    [
      "is sent elsewhere",
      "put",
      (response) => response.writeHead(302, { location: "https://elsewhere.example/" }).end(),
      "provider-unavailable",
    ],
    [
      "is asked into our own network",
      "api",
      (response) => {
        const upload_url = "https://127.0.0.1/put";
        response.end(JSON.stringify({ files: [{ upload_url, asset_url: address }] }));
      },
      "provider-unavailable",
    ],
  ];
  test.each(faults)("%s: nothing is paid", async (_, at, fault, code) => {
    const world = await openVendor(vendor, (response, arrived) => {
      const isHere = at === "api" ? isUpload(arrived) : arrived.headers.host === uploadsHost;
      (isHere ? fault : good)(response, arrived);
    });
    const failure = await failureOf(world.provider.submit(world.call(camera)));
    expect([failure.failure.code, failure.outcome]).toEqual([code, "not-billed"]);
    expect(world.server.arrived.filter(vendor.isPaid)).toEqual([]);
  });

  test("is uploaded once for many calls of an account, and again for another", async () => {
    const world = await openVendor(vendor);
    for (const secret of [vendorSecret, vendorSecret, "another-team"]) {
      const key = { version: "1", reveal: () => secret };
      await world.provider.submit(world.call(camera, { key }));
    }
    const { arrived } = world.server;
    expect(arrived.filter(vendor.isPaid)).toHaveLength(3);
    expect(arrived.filter(isUpload)).toHaveLength(2);
  });

  test("goes to its storage with the headers that are asked for, and without the key", async () => {
    const world = await openVendor(vendor);
    await world.provider.submit(world.call(camera));
    const put = world.server.arrived.find(({ headers }) => headers.host === uploadsHost);
    expect(put).toMatchObject({ method: "PUT", path: "/put-here?sig=1" });
    expect(put?.headers["x-goog-if-generation-match"]).toBe("0");
    expect(put?.headers["x-magnific-api-key"]).toBeUndefined();
    expect(Buffer.from(put?.body ?? "", "latin1")).toEqual(Buffer.from(smallPng()));
  });
});

test("what Magnific would refuse is refused before anything is sent", async () => {
  const vendor = standIn(magnific, special, null);
  const wrong = [
    asked("mystic", "", { settings: { look: "fluid", ratio: "2:1" } }, undefined),
    asked("kling-v3-pro", "", { last: picture() }, undefined),
    asked("veo-3-1", "", { first: picture(), references: [picture()] }, undefined),
    asked("image-style-transfer", "", { references: [picture()] }, undefined),
    asked("image-relight", "", { references: [] }, undefined),
    asked("ideogram-image-edit", "", { mask: null }, undefined),
  ];
  for (const each of wrong) {
    const world = await openVendor(vendor);
    const failure = await failureOf(world.provider.submit(world.call(each)));
    expect([failure.failure.code, failure.outcome]).toEqual(["input-invalid", "not-billed"]);
    expect(world.server.arrived).toEqual([]);
  }
});

test("enlarging costs what it is resold for, doubling by doubling", () => {
  const price = modelNamed("image-upscaler").price;
  const dollarsAt = (scale: string, megapixels: number) =>
    costOfCall(price, { scale, $megapixels: megapixels }).microDollars / 1e6;
  expect(dollarsAt("2", 1)).toBeCloseTo(0.17, 2);
  expect(dollarsAt("4", 1)).toBeCloseTo(0.68, 2);
  expect(dollarsAt("8", 1)).toBeCloseTo(2.72, 2);
  expect(dollarsAt("2", 12)).toBeCloseTo(2.04, 2);
});

test("Creative may start from a copy whose result has no more than 25.3 megapixels", async () => {
  const asked: PictureLimits[] = [];
  const given = picture(3_000, 2_000);
  const watched = {
    ...given,
    fit: (limits: PictureLimits) => {
      asked.push(limits);
      return given.fit(limits);
    },
  };
  const vendor = standIn(magnific, special, null);
  for (const auto_downscale of [true, false]) {
    const world = await openVendor(vendor);
    const request: ModelRequest = {
      task: "upscale",
      image: watched,
      scale: 4,
      settings: { preset: "balanced", auto_downscale },
    };
    await world.provider.submit(
      world.call({ name: "", model: "magnific:image-upscaler", request }),
    );
  }
  const [fitted, whole] = asked.map(({ sidePx }) => sidePx);
  expect(whole).toBeGreaterThanOrEqual(3_000);
  const pixels = ((fitted ?? 0) * 4) ** 2 * (2 / 3);
  expect(pixels).toBeLessThanOrEqual(25_300_000);
  expect(pixels).toBeGreaterThan(25_000_000);
});

test("a clip with references says that its length is not the one that was set", async () => {
  const world = await openVendor(standIn(magnific, special, null));
  const call = world.call(asked("veo-3-1", "", { references: [picture()] }, undefined));
  const submission = await world.provider.submit(call);
  const standing = await world.provider.poll?.(
    submission.kind === "accepted" ? submission.handle : "",
    call,
  );
  expect(standing).toMatchObject({
    kind: "done",
    result: { notes: ["Veo 3.1 decides itself how long a clip with references is."] },
  });
});
