import { expect, test } from "vitest";
import type { Arrived } from "../helpers/fault-server.ts";
import { isFile } from "./google-stand-in.ts";
import { madeClip, omniCases, omniStandIn as vendor, withStatus } from "./google-omni-stand-in.ts";
import { describeProvider, finish } from "./provider-contract.ts";
import { picture, videoRequest } from "./request-parts.ts";
import { failureOf, openVendor, vendorSecret } from "./vendor-world.ts";

describeProvider(vendor);
const [prompted] = omniCases;

/** Google answers the paid request so, and all else well. */
const answering = (body: unknown) =>
  openVendor(vendor, (response, arrived: Arrived) => {
    if (!vendor.isPaid(arrived)) vendor.good(response, arrived);
    else response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });

test("it is the first of Google's clips to be offered, and music the last of its sounds", async () => {
  const { provider } = await openVendor(vendor);
  const idsOf = (task: string) =>
    provider.models().flatMap((model) => (model.task === task && !model.isRetired ? model.id : []));
  expect(idsOf("video")[0]).toBe("google:gemini-omni-1.1-flash");
  expect(idsOf("audio").slice(-2)).toEqual(["google:lyria-3.5", "google:lyria-3-clip-preview"]);
});

test("the key opens the clip at Google, and goes along to no other host", async () => {
  const world = await openVendor(vendor);
  await finish(vendor, world, prompted!);
  const files = world.server.arrived.filter(
    (arrived) => isFile(arrived) || arrived.headers.host === "storage.googleapis.com",
  );
  expect(files.map(({ path, headers }) => [path, headers["x-goog-api-key"]])).toEqual([
    ["/v1beta/files/clip-2:download?alt=media", vendorSecret],
    ["/clip-1.mp4", undefined],
  ]);
});

test.each(["queued", "in_progress", "dreaming"])("a clip that is %s goes on", async (status) => {
  const world = await openVendor(vendor, (response, arrived) => {
    if (vendor.isPaid(arrived)) vendor.good(response, arrived);
    else response.end(JSON.stringify(withStatus(status)));
  });
  const call = world.call(prompted!);
  const submission = await world.provider.submit(call);
  if (submission.kind !== "accepted") throw new Error("It was no job.");
  const standing = await world.reopened().poll!(submission.handle, call);
  expect(standing).toEqual({ kind: "running", done: null });
});

test("a clip that stands in the answer itself is made at once", async () => {
  const data = Buffer.from("clip").toString("base64");
  const world = await answering(madeClip({ data }));
  const submission = await world.provider.submit(world.call(prompted!));
  if (submission.kind !== "done") throw new Error("It was not made.");
  expect(submission.result.outputs).toEqual([{ kind: "bytes", bytes: Buffer.from("clip") }]);
  expect(world.server.arrived).toHaveLength(1);
});

test("a clip that is made at once and lies elsewhere is kept by its id, so that it can be had again", async () => {
  const uri = "https://generativelanguage.googleapis.com/v1beta/files/clip-2:download?alt=media";
  const world = await answering(madeClip({ uri }));
  const submission = await world.provider.submit(world.call(prompted!));
  expect(submission).toEqual({
    kind: "accepted",
    handle: JSON.stringify({ v: 1, interaction: "v1_interaction/1" }),
  });
  const nameless = await answering({ ...madeClip({ uri }), id: null });
  const made = await nameless.provider.submit(nameless.call(prompted!));
  expect(made.kind).toBe("done");
});

test("a clip at work that nobody can ask for is lost, and that is said", async () => {
  const world = await answering({ status: "queued" });
  const failure = await failureOf(world.provider.submit(world.call(prompted!)));
  expect([failure.failure.code, failure.outcome]).toEqual(["provider-protocol", "unknown"]);
});

test("a clip among the references is refused before anything is sent", async () => {
  const world = await openVendor(vendor);
  const { asset, ...rest } = picture();
  const clip = { ...rest, asset: { ...asset, mediaType: "video/mp4" as const } };
  const request = videoRequest(prompted!.request.settings, { references: [picture(), clip] });
  const failure = await failureOf(world.provider.submit(world.call({ ...prompted!, request })));
  expect([failure.failure.code, failure.outcome]).toEqual(["input-invalid", "not-billed"]);
  expect(world.server.arrived).toEqual([]);
});
