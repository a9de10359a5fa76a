import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connector, layer, nodeRecord, page, sticky } from "../../helpers/build-board.ts";
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

const words = "a red kite over the sea";

/** A text that feeds an image, which is enlarged. */
function flowBoard(): FakeCanvas {
  const text = { ...sticky("t", words), records: { node: nodeRecord("t", "text") } };
  const node = (id: string, type: string) =>
    layer(id, "SECTION", { name: id, records: { node: nodeRecord(id, type) } });
  return new FakeCanvas(
    text,
    node("i", "image-generator"),
    node("x", "image-upscaler"),
    connector("c", "t", "i"),
    connector("d", "i", "x"),
  );
}

async function openPaired(canvas: FakeCanvas): Promise<TestSession> {
  await offerPairing(canvas, relay);
  const session = openTestSession(canvas);
  await session.until(({ connection }) => connection.kind === "paired");
  return session;
}

async function runNode(session: TestSession, id: string) {
  session.canvas.select(id);
  const node = await session.node((each) => each.id === id && each.run?.problem === null);
  session.actions.run(node.run!.modes[0]!.target, false);
}

describe("running", () => {
  it("runs one free node at once, shows its version, and finds it again after a reload", async () => {
    const canvas = flowBoard();
    const session = await openPaired(canvas);
    expect(canvas.stored.has("pairing-offer")).toBe(false);
    canvas.select("i");
    const ready = await session.node(
      ({ run, models }) => run?.problem === null && models.length > 0,
    );
    expect(ready).toMatchObject({ status: { kind: "ready" }, references: [{ text: words }] });
    expect(ready.run).toMatchObject({ label: "Run", priceText: "free" });
    expect(ready.run!.modes.map(({ target }) => target.mode)).toEqual(["this-node", "from-here"]);
    await runNode(session, "i");
    const done = await session.node(({ status }) => status.kind === "done");
    expect(done.versions).toMatchObject([{ isCurrent: true, priceText: "free", prompt: words }]);
    const before = await session.until(({ runs }) => runs[0]?.outcome === "completed");
    expect(before.runs).toMatchObject([{ steps: [{ node: "i", title: "i", state: "done" }] }]);
    const shown = await session.node(({ versions }) => versions[0]?.results[0]?.thumbnail != null);
    session.close();
    const again = openTestSession(canvas);
    const node = await again.node(
      ({ versions, isLoadingVersions }) =>
        versions[0]?.results[0]?.thumbnail != null && !isLoadingVersions,
    );
    const { runs } = await again.until((view) => view.runs[0]?.steps[0]?.state === "done");
    expect({ ...node, versions: [] }).toEqual({ ...shown, versions: [] });
    expect(node.versions.map(({ id }) => id)).toEqual(shown.versions.map(({ id }) => id));
    expect(runs).toEqual(before.runs);
  });

  it("asks before several nodes run, runs them on a press, and knows what still holds", async () => {
    const session = await openPaired(flowBoard());
    session.canvas.select("x");
    const { run } = await session.node(({ models }) => models.length > 0);
    expect(run!.modes[0]!.target).toEqual({ mode: "up-to-here", node: "x" });
    await runNode(session, "x");
    const { plan } = await session.until((view) => view.plan !== null && !view.plan.isBusy);
    expect(plan).toMatchObject({ totalText: "free", problems: [], canConfirm: true });
    expect(plan!.steps.map(({ node, action }) => [node, action])).toEqual([
      ["i", "run"],
      ["x", "run"],
    ]);
    session.actions.closePlan();
    expect((await session.until((view) => view.plan === null)).runs).toEqual([]);
    await runNode(session, "x");
    await session.until((view) => view.plan?.canConfirm === true);
    session.actions.confirmPlan();
    session.actions.confirmPlan();
    await session.node(({ status }) => status.kind === "done");
    const { runs } = await session.until((view) => view.runs[0]?.outcome === "completed");
    expect(runs).toHaveLength(1);
    session.actions.run({ mode: "up-to-here", node: "x" }, false);
    const told = await session.until((view) => view.notices.length > 0);
    expect(told.notices).toMatchObject([{ text: expect.stringMatching(/still hold/) as string }]);
    session.canvas.change([{ ...session.canvas.find("t"), text: "a boat" }]);
    await session.node(({ status }) => status.kind === "stale");
  });

  it("sends the pictures of layers that a run reads, and only those", async () => {
    const bytes = await pngOf(640, 480, (x, y) => [x % 256, y % 256, 90]);
    const picture = { kind: "image", hash: "figma-hash" } as const;
    const media = (id: string, more: object) =>
      layer(id, "RECTANGLE", { records: { node: nodeRecord(id, "media") }, ...more });
    const canvas = new FakeCanvas(
      media("m", { picture }),
      media("other", { picture: { ...picture, hash: "unread" } }),
      layer("x", "SECTION", { records: { node: nodeRecord("x", "image-upscaler") } }),
      connector("c", "m", "x"),
    );
    canvas.images.set("original m", bytes);
    const session = await openPaired(canvas);
    await runNode(session, "x");
    const node = await session.node(({ status }) => status.kind === "done");
    expect(node.versions[0]?.results[0]?.item).toMatchObject({
      asset: { widthPx: 1280, heightPx: 960 },
    });
    const put = (hash: string) =>
      canvas.change([{ ...canvas.find("m"), picture: { ...picture, hash } }]);
    const runAgain = () => session.actions.run({ mode: "this-node", node: "x" }, false);
    put("the same bytes by another name");
    runAgain();
    const told = await session.until((view) => view.notices.length > 0);
    expect(told.notices[0]?.text).toMatch(/still hold/);
    canvas.images.set("original m", await pngOf(300, 200, (x) => [x % 256, 0, 90]));
    put("other bytes");
    runAgain();
    await session.node(({ versions }) => versions.length === 2);
    canvas.images.delete("original m");
    put("gone");
    runAgain();
    const gone = await session.until((view) => view.notices.length > 0);
    expect(gone.notices[0]?.text).toBe("There is no picture.");
  });
});

describe("runs of other sessions", () => {
  it("are taken up at opening, and noticed when somebody else starts one", async () => {
    const canvas = flowBoard();
    const first = await openPaired(canvas);
    await runNode(first, "i");
    await first.until((view) => view.runs.length === 1);
    first.close();
    const second = openTestSession(canvas);
    canvas.select("i");
    await second.until((view) => view.runs[0]?.outcome === "completed");
    const colleague = openTestSession(canvas);
    await colleague.until((view) => view.runs.length === 1);
    colleague.actions.run({ mode: "this-node", node: "i" }, true);
    await colleague.until(
      (view) => view.runs.length === 2 && view.runs[0]?.outcome === "completed",
    );
    const countVersions = () => {
      second.time.advance(15_000);
      const { node } = second.view.peek();
      return node.kind === "node" ? node.node.versions.length : 0;
    };
    await expect.poll(countVersions, { timeout: 15_000 }).toBe(2);
  });

  it("are shared when two people press at once", async () => {
    const canvas = flowBoard();
    const one = await openPaired(canvas);
    const other = openTestSession(canvas);
    canvas.select("i");
    await Promise.all([one, other].map((each) => each.node(({ run }) => run?.problem === null)));
    const target = { mode: "this-node", node: "i" } as const;
    for (const each of [one, other]) each.actions.run(target, false);
    for (const each of [one, other]) {
      await each.node(({ status, versions }) => status.kind === "done" && versions.length === 1);
    }
  });
});

describe("what a run needs", () => {
  it("is named before anything is sent", async () => {
    const canvas = new FakeCanvas();
    canvas.page = page(
      layer("x", "SECTION", { records: { node: nodeRecord("x", "image-upscaler") } }),
    );
    const session = await openPaired(canvas);
    canvas.select("x");
    const { run, status } = await session.node(({ models }) => models.length > 0);
    expect(status.kind).toBe("empty");
    expect(run?.problem).toBe("Connect an image to upscale.");
    session.actions.run({ mode: "this-node", node: "x" }, false);
    const { notices } = await session.until((view) => view.notices.length > 0);
    expect(notices[0]?.text).toBe("Connect an image to upscale.");
  });
});
