import { describe, expect, test } from "vitest";
import { costOfCall } from "#domain/price";
import { falCatalog } from "../../server/providers/fal/models.ts";
import type { AssetInput } from "../../server/providers/provider.ts";
import type { Arrived, Behaviour } from "../helpers/fault-server.ts";
import {
  askedOf,
  clip,
  falCases,
  falStandIn,
  givenAddress,
  goodFal,
  isUpload,
  sound,
  uploadsHost,
} from "./fal-stand-in.ts";
import { picture, smallPng } from "./request-parts.ts";
import { failureOf, openVendor, vendorSecret, type VendorWorld } from "./vendor-world.ts";

const vendor = falStandIn(falCases.slice(0, 1));
const edit = "fal:fal-ai/wan/v2.7/edit-video";
const uri: unknown = expect.stringContaining("data:");

const edited = (...references: AssetInput[]) => askedOf(edit, { references });

function bodyOf({ server }: VendorWorld): unknown {
  return JSON.parse(server.arrived.find(vendor.isPaid)?.body ?? "null");
}

const isPut = ({ headers }: Arrived) => headers.host === uploadsHost;

describe("A clip for a model at fal", () => {
  test("is put where fal says, for a day, and only there goes without the key", async () => {
    const world = await openVendor(vendor);
    await world.provider.submit(world.call(edited(clip(), picture())));
    const [place, put, ...more] = world.server.arrived;
    expect(more.map(({ path }) => path)).toEqual(["/fal-ai/wan/v2.7/edit-video"]);
    expect(`${place?.method} ${place?.path}`).toBe(
      "POST /storage/upload/initiate?storage_type=fal-cdn-v3",
    );
    expect(JSON.parse(place?.body ?? "")).toEqual({
      content_type: "video/mp4",
      file_name: `${"ab".repeat(16)}.mp4`,
    });
    expect(place?.headers).toMatchObject({
      authorization: `Key ${vendorSecret}`,
      "x-fal-object-lifecycle": '{"expiration_duration_seconds":86400}',
    });
    expect(put).toMatchObject({ method: "PUT", path: "/put-here?signature=1" });
    expect(put?.headers["content-type"]).toBe("video/mp4");
    expect(JSON.stringify(put?.headers)).not.toContain(vendorSecret);
    expect(Buffer.from(put?.body ?? "", "latin1")).toEqual(Buffer.from(smallPng()));
    expect(bodyOf(world)).toMatchObject({ video_url: givenAddress, reference_image_url: uri });
  });

  test("is given once for many calls of an account, and again for another", async () => {
    const world = await openVendor(vendor);
    // Each team counts the versions of its keys by itself.
    for (const secret of [vendorSecret, vendorSecret, "another-team"]) {
      const key = { version: "1", reveal: () => secret };
      await world.provider.submit(world.call(edited(clip()), { key }));
    }
    expect(world.server.arrived.filter(vendor.isPaid)).toHaveLength(3);
    expect(world.server.arrived.filter(isPut)).toHaveLength(2);
  });

  test("is given once for the calls of a batch that are made at the same time", async () => {
    const world = await openVendor(vendor);
    const call = () => world.provider.submit(world.call(edited(clip())));
    await Promise.all([call(), call(), call()]);
    expect(world.server.arrived.filter(vendor.isPaid)).toHaveLength(3);
    expect(world.server.arrived.filter(isPut)).toHaveLength(1);
  });

  const elsewhere =
    (upload_url: string): Behaviour =>
    (response) =>
      response.end(JSON.stringify({ upload_url, file_url: givenAddress }));
  const down = "provider-unavailable";
  const faults: readonly (readonly [string, (arrived: Arrived) => boolean, Behaviour, string])[] = [
    ["is refused with 401", isUpload, (answer) => answer.writeHead(401).end("{}"), "key-refused"],
    ["is refused with 429", isUpload, (answer) => answer.writeHead(429).end(), "provider-limited"],
    ["meets nonsense", isUpload, (answer) => answer.end('{"upload_url":7}'), down],
    ["meets a page", isUpload, (answer) => answer.end("<html>"), down],
    ["meets a reset", isUpload, (answer) => answer.socket?.resetAndDestroy(), down],
    ["is sent elsewhere for its place", isUpload, redirect("https://rest.fal.ai/other"), down],
    ["is wanted in our own network", isUpload, elsewhere("https://127.0.0.1/put"), down],
    ["is wanted by http", isUpload, elsewhere(`http://${uploadsHost}/put`), down],
    ["is wanted at another port", isUpload, elsewhere(`https://${uploadsHost}:8443/put`), down],
    ["is not taken", isPut, (answer) => answer.writeHead(403).end("<Error/>"), down],
    ["is cut on its way", isPut, (answer) => answer.socket?.resetAndDestroy(), down],
    ["is passed on", isPut, redirect("http://169.254.169.254/latest/meta-data"), down],
  ];
  test.each(faults)("%s: nothing is paid", async (_, isHere, fault, code) => {
    const world = await openVendor(vendor, (response, arrived) =>
      (isHere(arrived) ? fault : goodFal)(response, arrived),
    );
    const failure = await failureOf(world.provider.submit(world.call(edited(clip()))));
    expect([failure.failure.code, failure.outcome]).toEqual([code, "not-billed"]);
    expect(failure.failure.message).not.toContain(vendorSecret);
    expect(world.server.arrived.filter(vendor.isPaid)).toEqual([]);
    // It is given anew with the next try: nothing is remembered of this one.
    expect(world.server.arrived.filter(isUpload)).toHaveLength(1);
  });

  test.each([
    ["takes too long", (world: VendorWorld) => world.clock.jump(3_600_000)],
    ["is stopped", (_: VendorWorld, stop: AbortController) => stop.abort()],
  ] as const)("%s on its way: nothing is paid", async (_, happens) => {
    const stop = new AbortController();
    const world = await openVendor(vendor, (response, arrived) => {
      if (isPut(arrived)) happens(world, stop);
      else goodFal(response, arrived);
    });
    const call = world.call(edited(clip()), { signal: stop.signal });
    const failure = await failureOf(world.provider.submit(call));
    expect([failure.failure.isRetryable, failure.outcome]).toEqual([true, "not-billed"]);
    expect(world.server.arrived.filter(vendor.isPaid)).toEqual([]);
  });
});

function redirect(location: string): Behaviour {
  return (response) => response.writeHead(307, { location }).end();
}

test("a sound goes along in the request while it is small, and is uploaded otherwise", async () => {
  for (const bytes of [3_000_000, 3_000_001]) {
    const world = await openVendor(vendor);
    const request = askedOf("fal:fal-ai/wan/v2.7", { audio: sound({ bytes }) });
    await world.provider.submit(world.call(request));
    const isLarge = bytes > 3_000_000;
    expect(world.server.arrived.filter(isPut)).toHaveLength(isLarge ? 1 : 0);
    expect(bodyOf(world)).toMatchObject({ audio_url: isLarge ? givenAddress : uri });
  }
});

test("Seedance is given pictures, clips and a sound, each in the order of their connections", async () => {
  const world = await openVendor(vendor);
  const references = [picture(), clip(), picture(), clip({ hash: "cd".repeat(32) })];
  const request = askedOf("fal:bytedance/seedance-2.5", { references, audio: sound() });
  await world.provider.submit(world.call(request));
  expect(world.server.arrived.filter(isPut)).toHaveLength(2);
  expect(bodyOf(world)).toMatchObject({
    image_urls: [uri, uri],
    video_urls: [givenAddress, givenAddress],
    audio_urls: [uri],
  });
});

test("Kling is given each reference as a thing of its own, by its address", async () => {
  const world = await openVendor(vendor);
  const references = [picture(), picture()];
  const request = askedOf("fal:fal-ai/kling-video/v3/pro", { first: picture(), references });
  await world.provider.submit(world.call(request));
  const element = { frontal_image_url: givenAddress, reference_image_urls: [givenAddress] };
  expect(bodyOf(world)).toMatchObject({ start_image_url: uri, elements: [element, element] });
});

test("a second of Seedance 2.0 with clips costs three fifths, and so does each second of theirs", () => {
  const model = falCatalog.models.find(
    ({ id }) => id === "fal:bytedance/seedance-2.0/reference-to-video",
  );
  const costs = (facts: Record<string, unknown>) =>
    costOfCall(model!.price, { duration: "5", resolution: "720p", ...facts }).microDollars / 1e6;
  expect(costs({ $seconds: 10 })).toBeCloseTo(15 * 0.1814, 2);
  expect(costs({})).toBeCloseTo(20 * 0.1814, 2);
});
