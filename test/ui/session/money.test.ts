import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Model } from "#domain/model";
import { dollars } from "#domain/price";
import { CallFailure } from "../../../server/providers/provider.ts";
import { layer, nodeRecord } from "../../helpers/build-board.ts";
import { createFakeProvider, fakeModel, type Answer } from "../../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";
import { FakeCanvas } from "./fake-canvas.ts";
import {
  closeTestSessions,
  offerPairing,
  openTestSession,
  type TestSession,
} from "./open-test-session.ts";

let folder: string;
let relay: TestRelay;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-money-"));
});
afterEach(async () => {
  closeTestSessions();
  await relay.close(true);
  await rm(folder, { recursive: true, force: true });
});

const target = { mode: "this-node", node: "a" } as const;
const made = { outputs: [{ kind: "text", text: "HI" }], billedCredits: null, notes: [] } as const;

async function open(model: Partial<Model>, answer: Answer = () => made): Promise<TestSession> {
  const provider = createFakeProvider({ models: [fakeModel("text", model)], answer });
  relay = await openTestRelay([provider], folder);
  const config = { model: "fake:text", params: { instruction: "say" } };
  const record = nodeRecord("a", "assistant", config);
  const canvas = new FakeCanvas(layer("a", "SECTION", { name: "a", records: { node: record } }));
  await offerPairing(canvas, relay);
  const session = openTestSession(canvas);
  await session.until(({ connection }) => connection.kind === "paired");
  canvas.select("a");
  await session.node(({ models }) => models.length > 0);
  return session;
}

async function press(session: TestSession) {
  session.actions.run(target, false);
  const { plan } = await session.until((view) => view.plan !== null && !view.plan.isBusy);
  return plan;
}

it("shows dollars before a run, in its plan, and on what came of it", async () => {
  const session = await open({ price: dollars(0.0336), priceBasis: "estimate" });
  const node = await session.node(({ run }) => run?.priceText !== null);
  expect(node.run?.priceText).toBe("about $0.0336");
  const chosen = node.models.find(({ isChosen }) => isChosen);
  expect(chosen).toMatchObject({ id: "fake:text", priceText: "about $0.0336" });
  expect(await press(session)).toMatchObject({
    steps: [{ priceText: "about $0.0336" }],
    totalText: "at most about $0.0336",
    balanceText: null,
    notes: ["Dollars are paid on the team's own provider accounts."],
    problems: [],
    canConfirm: true,
  });
  session.actions.confirmPlan();
  const { runs } = await session.until((view) => view.runs[0]?.outcome === "completed");
  expect(runs[0]).toMatchObject({
    costText: "about $0.0336",
    steps: [{ costText: "about $0.0336" }],
  });
  const { versions } = await session.node((each) => each.versions.length > 0);
  expect(versions[0]?.priceText).toBe("about $0.0336");
});

it("never runs at once at a price that nobody knows, and asks a second time", async () => {
  const session = await open({ price: dollars(0), priceBasis: "unknown" });
  const node = await session.node(({ run }) => run?.priceText !== null);
  expect(node.run?.priceText).toBe("price not known");
  expect(await press(session)).toMatchObject({
    steps: [{ priceText: "price not known" }],
    totalText: "price not known",
    notes: ["Nobody knows what Fake text will cost before it runs."],
  });
  session.actions.confirmPlan();
  const { plan } = await session.until((view) => view.plan?.confirmText === "Agree and run");
  expect(plan?.problems).toEqual([
    "The whole price is not known. Press again to agree to it all the same.",
  ]);
  await session.until((view) => view.plan?.canConfirm === true);
  session.actions.confirmPlan();
  const { runs } = await session.until((view) => view.runs[0]?.outcome === "completed");
  expect(runs[0]?.costText).toBe("price not known");
});

it("says of a failure what the provider took for it", async () => {
  const message = "It was refused. Change it and run again.";
  const session = await open({ price: dollars(0.04) }, () => {
    const failure = { code: "provider-refused", message, isRetryable: false } as const;
    throw new CallFailure(failure, "not-billed", null, 10_000);
  });
  await press(session);
  session.actions.confirmPlan();
  const { failure } = await session.node((each) => each.failure !== null);
  expect(failure).toEqual({ text: message, costText: "It cost $0.01." });
});
