import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Behaviour } from "../helpers/fault-server.ts";
import { describeShared } from "../helpers/shared-folder.ts";
import { isRecord, type Json } from "./normalize-schema.ts";
import { describeProvider } from "./provider-contract.ts";
import { goodRunway, runwayCases, runwayConformer, runwayStandIn } from "./runway-stand-in.ts";
import { failureOf, openVendor } from "./vendor-world.ts";

const ones = [...new Set(runwayCases.map(({ model }) => model))].flatMap((model) =>
  runwayCases.filter((each) => each.model === model).slice(0, 1),
);
const vendor = runwayStandIn(ones);
describeProvider(vendor);

async function acceptedOver(behave: Behaviour = goodRunway) {
  const world = await openVendor(vendor, behave);
  const call = world.call(runwayCases[0]!);
  const submission = await world.provider.submit(call);
  if (submission.kind !== "accepted") throw new Error("It was no job.");
  const { handle } = submission;
  return {
    ...world,
    poll: () => world.provider.poll!(handle, call),
    cancel: () => world.provider.cancel!(handle, call),
    asked: () => world.server.arrived.slice(1).map(({ method, path }) => `${method} ${path}`),
  };
}

/** Tells how a task stands, in turn; the last one again and again. */
function standings(...bodies: readonly Record<string, unknown>[]): Behaviour {
  let turn = 0;
  return (response, arrived) => {
    if (arrived.method === "POST") {
      goodRunway(response, arrived);
      return;
    }
    if (arrived.method === "DELETE") {
      response.writeHead(204).end();
      return;
    }
    const body = bodies[Math.min(turn, bodies.length - 1)];
    turn += 1;
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  };
}

describe("A task of Runway", () => {
  test("tells how far it is, and in the end what it cost", async () => {
    const running = await acceptedOver(standings({ status: "RUNNING", progress: 0.4 }));
    expect(await running.poll()).toEqual({ kind: "running", done: 0.4 });
    const waiting = await acceptedOver(standings({ status: "THROTTLED" }));
    expect(await waiting.poll()).toEqual({ kind: "running", done: null });
    const made = await acceptedOver();
    expect(await made.poll()).toMatchObject({
      kind: "done",
      result: { billedMicroDollars: 200_000 },
    });
    expect(made.asked()[0]).toBe("GET /v1/tasks/task-1");
  });

  test("that has ended is not deleted by who wants to stop it", async () => {
    const world = await acceptedOver();
    expect(await world.cancel()).toBe(false);
    expect(world.asked()).toEqual(["GET /v1/tasks/task-1"]);
  });

  test.each([
    [{ status: "CANCELLED", cost: { credits: 0 } }, true],
    [{ status: "CANCELLED", cost: { credits: 12 } }, false],
    [{ status: "RUNNING" }, false],
  ] as const)(
    "that is stopped and is then %j costs nothing for certain: %s",
    async (after, isFree) => {
      const world = await acceptedOver(standings({ status: "PENDING" }, after));
      expect(await world.cancel()).toBe(isFree);
      expect(world.asked()).toEqual([
        "GET /v1/tasks/task-1",
        "DELETE /v1/tasks/task-1",
        "GET /v1/tasks/task-1",
      ]);
    },
  );

  test("of a prompt alone is not asked for in a ratio that there is none of", async () => {
    const clip = runwayCases.find(({ model }) => model === "runway:gen4.5");
    if (clip?.request.task !== "video") throw new Error("Gen-4.5 makes clips.");
    const settings = { ...clip.request.settings, ratio: "1:1" };
    const world = await openVendor(vendor);
    const call = world.call({ ...clip, request: { ...clip.request, settings } });
    const failure = await failureOf(world.provider.submit(call));
    expect([failure.failure.code, failure.outcome]).toEqual(["input-invalid", "not-billed"]);
    expect(failure.failure.message).toBe(
      "Gen-4.5 needs a first frame in any ratio but 16:9 and 9:16. Connect one. It cost nothing.",
    );
    expect(world.server.arrived).toEqual([]);
  });
});

describeShared("Runway by the types of its own client", "specs/runway.schema.json", (path) => {
  const read = JSON.parse(readFileSync(path, "utf8")) as Json;
  if (!isRecord(read)) throw new Error("These are no types of Runway.");
  const conformer = runwayConformer(read);

  test.each(runwayCases.map((each) => [each.name, each] as const))("takes %s", async (_, each) => {
    const world = await openVendor(vendor);
    await world.provider.submit(world.call(each));
    const [sent] = world.server.arrived;
    expect(sent?.headers["x-runway-version"]).toBe("2024-11-06");
    expect(await conformer.check(sent!)).toEqual([]);
  });

  test("flags a field that is wrong, one too many, and one that is missing", async () => {
    const good = { model: "gen4_turbo", promptImage: "data:x", ratio: "1280:720", duration: 5 };
    const sent = (body: unknown) =>
      conformer.check({
        ...{ method: "POST", path: "/v1/image_to_video", headers: {} },
        body: JSON.stringify(body),
      });
    expect(await sent(good)).toEqual([]);
    expect(await sent({ ...good, ratio: "16:9" })).not.toEqual([]);
    expect(await sent({ ...good, prompt: "x" })).not.toEqual([]);
    expect(await sent({ ...good, promptImage: undefined })).not.toEqual([]);
  });
});
