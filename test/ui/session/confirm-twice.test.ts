import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { setCap } from "../../../server/store/caps.ts";
import { grant } from "../../../server/store/ledger.ts";
import { openStore } from "../../../server/store/open-store.ts";
import { layer, nodeRecord } from "../../helpers/build-board.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
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
  folder = await mkdtemp(join(tmpdir(), "spaces-twice-"));
});
afterEach(async () => {
  closeTestSessions();
  await relay.close(true);
  await rm(folder, { recursive: true, force: true });
});

async function pressAt(price: number, teamCap: number): Promise<TestSession> {
  const store = await openStore({ folder, nowMs: Date.now });
  await store.transaction(async (transaction) => {
    await grant(transaction, "local", { id: "first", credits: 2_000, nowMs: 0 });
    await setCap(transaction, "local", { kind: "team", name: "", unit: "credits" }, teamCap);
  });
  await store.close();
  const provider = createFakeProvider({ price: { kind: "fixed", credits: price } });
  relay = await openTestRelay([provider], folder);
  const config = { model: "fake:text", params: { instruction: "say" } };
  const record = nodeRecord("a", "assistant", config);
  const canvas = new FakeCanvas(layer("a", "SECTION", { name: "a", records: { node: record } }));
  await offerPairing(canvas, relay);
  const session = openTestSession(canvas);
  await session.until(({ connection }) => connection.kind === "paired");
  canvas.select("a");
  await session.node(({ models }) => models.length > 0);
  session.actions.run({ mode: "this-node", node: "a" }, false);
  await session.until(({ plan }) => plan !== null && !plan.isBusy);
  return session;
}
const balance = async () => (await relay.client.call("status", { body: undefined })).balance;

it("asks a second time for a large price, and starts by the second press alone", async () => {
  const session = await pressAt(501, 2_000);
  expect(session.view.peek().plan).toMatchObject({ confirmText: "Run", problems: [] });
  session.actions.confirmPlan();
  const { plan } = await session.until((view) => view.plan?.confirmText === "Agree and run");
  expect(plan?.problems).toEqual(["This is a large price. Press again to agree to it."]);
  await session.until((view) => view.plan?.canConfirm === true);
  expect(await balance()).toBe(2_000);
  session.actions.confirmPlan();
  await session.until(({ runs }) => runs[0]?.outcome === "completed");
  expect(await balance()).toBe(1_499);
});

it("forgets the first press when the sheet is closed", async () => {
  const session = await pressAt(501, 2_000);
  session.actions.confirmPlan();
  await session.until((view) => view.plan?.confirmText === "Agree and run");
  session.actions.closePlan();
  await session.until((view) => view.plan === null);
  session.actions.run({ mode: "this-node", node: "a" }, false);
  const { plan } = await session.until((view) => view.plan !== null);
  expect(plan).toMatchObject({ confirmText: "Run", problems: [] });
});

it("asks once for a price that is not large, and says before a press that a cap is reached", async () => {
  const session = await pressAt(500, 499);
  const { plan } = session.view.peek();
  expect(plan).toMatchObject({ canConfirm: false, steps: [{ node: "a" }] });
  expect(plan?.problems[0]).toMatch(/The team may spend 499 credits a month/);
  await session.until((view) => view.plan?.isBusy === false);
  session.actions.confirmPlan();
  const refused = await session.until((view) => (view.plan?.problems.length ?? 0) > 1);
  expect(refused.plan?.problems[1]).toMatch(/Nothing was spent/);
  expect(await balance()).toBe(2_000);
});
