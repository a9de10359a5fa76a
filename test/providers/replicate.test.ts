import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { AssetInput } from "../../server/providers/provider.ts";
import { replicate } from "../../server/providers/replicate/index.ts";
import { describeShared } from "../helpers/shared-folder.ts";
import { openApiConformer } from "./conformer.ts";
import type { Json } from "./normalize-schema.ts";
import { describeProvider } from "./provider-contract.ts";
import { readRequestBody } from "./read-request-body.ts";
import { goodReplicate, replicateCases, replicateStandIn } from "./replicate-stand-in.ts";
import { imageRequest, picture } from "./request-parts.ts";
import type { RequestCase } from "./vendor-stand-in.ts";
import { failureOf, openVendor } from "./vendor-world.ts";

describeProvider(replicateStandIn);

const uri: unknown = expect.stringContaining("data:image/png;base64,");

/** A picture that is too large for a request, however it is fitted. */
const large = (): AssetInput => {
  const usual = picture();
  const bytes = new Uint8Array(400_000);
  return { ...usual, fit: async (limits) => ({ ...(await usual.fit(limits)), bytes }) };
};

describe("A prediction of Replicate", () => {
  const asked = (references: readonly AssetInput[]): RequestCase => ({
    ...replicateCases[0]!,
    request: imageRequest({}, { references }),
  });

  test("has its large pictures uploaded beforehand, and small ones within", async () => {
    const world = await openVendor(replicateStandIn);
    await world.provider.submit(world.call(asked([large(), picture()])));
    const [upload, paid] = world.server.arrived;
    expect(upload?.path).toBe("/v1/files");
    expect(await readRequestBody(upload!)).toEqual({ content: "binary" });
    expect(JSON.parse(paid?.body ?? "")).toMatchObject({
      input: { images: ["https://api.replicate.com/v1/files/file-1", uri] },
    });
  });

  test.each([
    ["401", 401, "key-refused"],
    ["429", 429, "provider-limited"],
    ["500", 500, "provider-unavailable"],
    ["nonsense", 200, "provider-unavailable"],
    ["a reset", null, "outcome-unknown"],
  ] as const)("is not asked for, and free, when an upload meets %s", async (_, status, code) => {
    const world = await openVendor(replicateStandIn, (response, arrived) => {
      if (arrived.path !== "/v1/files") goodReplicate(response, arrived);
      else if (status === null) response.socket?.resetAndDestroy();
      else response.writeHead(status).end("{}");
    });
    const failure = await failureOf(world.provider.submit(world.call(asked([large()]))));
    expect([failure.failure.code, failure.outcome]).toEqual([code, "not-billed"]);
    expect(world.server.arrived).toHaveLength(1);
  });

  test.each([
    [{ status: "canceled" }, true],
    [{ status: "aborted" }, true],
    [{ status: "canceled", started_at: "2026-11-21T00:00:00Z" }, false],
    [{ status: "processing" }, false],
  ] as const)(
    "that is stopped and is then %j costs nothing for certain: %s",
    async (after, isFree) => {
      const world = await openVendor(replicateStandIn, (response, arrived) => {
        if (arrived.path.endsWith("/cancel")) response.end(JSON.stringify(after));
        else goodReplicate(response, arrived);
      });
      const call = world.call(replicateCases[0]!);
      const submission = await world.provider.submit(call);
      if (submission.kind !== "accepted") throw new Error("It was no job.");
      expect(await world.provider.cancel?.(submission.handle, call)).toBe(isFree);
      expect(world.server.arrived.at(-1)).toMatchObject({
        method: "POST",
        path: "/v1/predictions/job-1/cancel",
      });
    },
  );
});

describeShared("Replicate by its own specification", "specs/replicate.yaml", (path) => {
  const conformer = openApiConformer(parse(readFileSync(path, "utf8")) as Json, "/v1");

  test.each(replicateCases.map((each) => [each.name, each] as const))(
    "takes %s",
    async (_, each) => {
      const world = await openVendor(replicateStandIn);
      const provider = replicate.open({ ...world.parts, publicUrl: "https://relay.example" });
      const call = world.call(each, { hookPath: "/v1/hooks/replicate/secret" });
      const submission = await provider.submit(call);
      if (submission.kind !== "accepted") throw new Error("It was no job.");
      await provider.poll?.(submission.handle, call);
      await provider.cancel?.(submission.handle, call);
      const own = world.server.arrived.filter(
        ({ headers }) => headers.host === "api.replicate.com",
      );
      expect(own).toHaveLength(3);
      for (const sent of own) expect(await conformer.check(sent)).toEqual([]);
    },
  );

  test("tells what it signs webhooks with", async () => {
    const path = "/v1/webhooks/default/secret";
    expect(await conformer.check({ method: "GET", path, headers: {}, body: "" })).toEqual([]);
  });

  test("flags a request without its input, and with a word that it does not know", async () => {
    const sent = (body: unknown) =>
      conformer.check({
        method: "POST",
        path: "/v1/models/black-forest-labs/flux-2-pro/predictions",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect(await sent({ input: { prompt: "x" } })).toEqual([]);
    expect(await sent({})).not.toEqual([]);
    expect(await sent({ input: {}, inputs: {} })).not.toEqual([]);
  });
});
