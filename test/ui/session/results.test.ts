import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CallFailure } from "../../../server/providers/provider.ts";
import { layer, nodeRecord } from "../../helpers/build-board.ts";
import { createFakeProvider, type FakeOptions } from "../../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";
import { pngOf } from "../../helpers/test-picture.ts";
import { FakeCanvas } from "./fake-canvas.ts";
import {
  closeTestSessions,
  offerPairing,
  openTestSession,
  type TestSession,
} from "./open-test-session.ts";

let relay: TestRelay;
beforeEach(async () => {
  relay = await openTestRelay();
});
afterEach(async () => {
  closeTestSessions();
  await relay.close();
});

async function openAt(id: string, type: string, config: object = {}): Promise<TestSession> {
  const canvas = new FakeCanvas(
    layer(id, "SECTION", { name: "My: node?", records: { node: nodeRecord(id, type, config) } }),
  );
  await offerPairing(canvas, relay);
  const session = openTestSession(canvas);
  await session.until(({ connection }) => connection.kind === "paired");
  canvas.select(id);
  await session.node(({ models, type: kind }) => kind === "upload" || models.length > 0);
  return session;
}

const fileOf = (bytes: Uint8Array, name: string) => new File([new Uint8Array(bytes)], name);

describe("files and results", () => {
  it("uploads a file of this computer into a node, and refuses what it does not take", async () => {
    const session = await openAt("u", "upload", { params: { asset: null } });
    const empty = await session.node(({ status }) => status.kind === "empty");
    expect(empty.actions).toContain("replace");
    const bytes = await pngOf(40, 30, (x, y) => [x, y, 0]);
    session.actions.setFile("u", "asset", fileOf(bytes, "picture.png"));
    const filled = await session.node(({ status }) => status.kind === "done");
    expect(filled.fields[0]?.value).toMatchObject({ widthPx: 40, heightPx: 30 });
    for (const [file, sentence] of [
      [fileOf(new Uint8Array(), "nothing.png"), /is empty/],
      [
        fileOf(new TextEncoder().encode("plain words"), "words.txt"),
        /does not fit here. Choose an image, a video or an audio/,
      ],
      [{ name: "large.mov", size: 101 * 1024 * 1024 } as File, /larger than 100 MB/],
    ] as const) {
      session.actions.setFile("u", "asset", file);
      const { notices } = await session.until((view) => sentence.test(view.notices[0]?.text ?? ""));
      session.actions.dismiss(notices[0]!.key);
    }
  });

  it("downloads results under a name that every system takes, and places them again", async () => {
    const session = await openAt("i", "image-generator", { params: { prompt: "a boat" } });
    session.actions.run({ mode: "this-node", node: "i" }, false);
    const { versions, actions } = await session.node(({ status }) => status.kind === "done");
    expect(actions).toContain("download");
    session.actions.act("i", "download");
    await expect.poll(() => session.saved.length).toBe(1);
    expect(session.saved[0]!.name).toBe("My node.png");
    expect(session.saved[0]!.bytes.length).toBeGreaterThan(1_000);
    session.actions.download(versions[0]!.id, 0);
    await expect.poll(() => session.saved.length).toBe(2);
    session.actions.placeAgain(versions[0]!.id, 0);
    await expect.poll(() => session.background.placed).toBe(1);
  });

  it("does the other things of a node's action bar on the canvas", async () => {
    const session = await openAt("i", "image-generator");
    const { canvas } = session;
    session.actions.act("i", "show");
    await expect.poll(() => canvas.shown).toEqual([["i"]]);
    session.actions.act("i", "duplicate");
    await expect.poll(() => canvas.page.layers.length).toBe(2);
    session.actions.act("i", "delete");
    await expect.poll(() => canvas.page.layers.map(({ id }) => id)).toEqual(["copy of i"]);
    session.actions.act("i", "lock");
    const { notices } = await session.until((view) => view.notices.length > 0);
    expect(notices[0]?.text).toBe("This node is gone.");
  });
});

describe("a run that costs something, or goes wrong", () => {
  async function openOn(options: FakeOptions): Promise<TestSession> {
    await relay.close();
    relay = await openTestRelay([createFakeProvider(options)]);
    const session = await openAt("a", "assistant", {
      model: "fake:text",
      params: { instruction: "say" },
    });
    session.actions.run({ mode: "this-node", node: "a" }, false);
    return session;
  }
  const free = { price: { kind: "fixed", credits: 0 } } as const;

  it("asks first, and starts nothing that the team cannot pay", async () => {
    const session = await openOn({ price: { kind: "fixed", credits: 7 } });
    const { plan } = await session.until((view) => view.plan !== null && !view.plan.isBusy);
    expect(plan).toMatchObject({ totalText: "at most 7 credits", canConfirm: false });
    expect(plan?.steps).toMatchObject([{ node: "a", action: "run", calls: 1 }]);
    expect(plan?.problems[0]).toMatch(/may cost 7 credits, and the team has 0 left/);
    session.actions.confirmPlan();
    const refused = await session.until((view) => (view.plan?.problems.length ?? 0) > 1);
    expect(refused.plan?.problems[1]).toMatch(/Nothing was spent/);
    session.actions.closePlan();
    expect((await session.until((view) => view.plan === null)).runs).toEqual([]);
  });

  it("tells what failed, what it cost, and runs again", async () => {
    let isBroken = true;
    const failure = {
      code: "provider-refused",
      message: "The provider refused the prompt. Change it and run again.",
      isRetryable: false,
    } as const;
    const session = await openOn({
      ...free,
      answer: () => {
        if (isBroken) throw new CallFailure(failure, "not-billed");
        return { outputs: [{ kind: "text", text: "said" }], billedCredits: null, notes: [] };
      },
    });
    const failed = await session.node(({ status }) => status.kind === "failed");
    expect(failed.failure).toEqual({ text: failure.message, costText: "It cost nothing." });
    isBroken = false;
    session.actions.run({ mode: "this-node", node: "a" }, false);
    const done = await session.node(({ status }) => status.kind === "done");
    expect(done.failure).toBeNull();
    const { runs } = await session.until((view) => view.runs[0]?.outcome === "completed");
    expect(runs.map(({ outcome }) => outcome)).toEqual(["completed", "failed"]);
  });

  it("is stopped from the panel", async () => {
    const session = await openOn({ ...free, pollsUntilDone: 1_000_000 });
    const { activeRun } = await session.node(({ activeRun: run, status }) => {
      return run !== null && status.kind === "running";
    });
    session.actions.cancelRun(activeRun!);
    const { runs } = await session.until((view) => view.runs[0]?.outcome === "cancelled");
    expect(runs[0]).toMatchObject({ canCancel: false });
    await session.node(({ activeRun: run }) => run === null);
  });
});
