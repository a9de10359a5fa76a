import { noCost } from "#domain/cost";
import { describe, expect, it } from "vitest";
import * as assetIndex from "../../../server/store/asset-index.ts";
import * as assetReferences from "../../../server/store/asset-references.ts";
import * as caps from "../../../server/store/caps.ts";
import * as attempts from "../../../server/store/attempts.ts";
import * as findAttempts from "../../../server/store/find-attempts.ts";
import * as fileFences from "../../../server/store/file-fences.ts";
import * as hooks from "../../../server/store/hooks.ts";
import * as hostedRuns from "../../../server/store/hosted-runs.ts";
import * as ledger from "../../../server/store/ledger.ts";
import * as members from "../../../server/store/members.ts";
import * as membership from "../../../server/store/membership.ts";
import * as newestResults from "../../../server/store/newest-results.ts";
import * as nodeRuns from "../../../server/store/node-runs.ts";
import {
  random,
  cat,
  kitten,
  needed,
  quote,
  cap,
  session,
  holdOf,
  deviceValues,
  furnish,
  workflow,
} from "./furnish-team.ts";
import { hosting, storeFunctions, withoutTeam } from "./store-functions.ts";
import type { Transaction } from "../../../server/store/database.ts";
import type { Store } from "../../../server/store/open-store.ts";
import * as pairing from "../../../server/store/pairing.ts";
import * as placements from "../../../server/store/placements.ts";
import * as quotes from "../../../server/store/quotes.ts";
import * as readLedger from "../../../server/store/read-ledger.ts";
import * as runEvents from "../../../server/store/run-events.ts";
import * as runListings from "../../../server/store/run-listings.ts";
import * as runs from "../../../server/store/runs.ts";
import * as spendingSettings from "../../../server/store/spending-settings.ts";
import * as usage from "../../../server/store/usage.ts";
import * as versions from "../../../server/store/versions.ts";
import * as workflows from "../../../server/store/workflows.ts";
import {
  newAttempt,
  newFence,
  newPlacement,
  newRunRow,
  newVersion,
  nowMs,
  progress,
  readAllRows,
  type OpenEmptyStore,
} from "./rows.ts";

const waiting = new Map([["1:9", { state: "waiting", version: null } as const]]);

type Ask = (transaction: Transaction, team: string, device: string) => Promise<unknown>;

/** Every reading function, asked for what the red team has. */
const reads: Readonly<Record<string, Ask>> = {
  attemptById: (tx, team) => findAttempts.attemptById(tx, team, "attempt-1"),
  attemptsOf: (tx, team) => findAttempts.attemptsOf(tx, team, "run-1", "1:2"),
  availableTo: async (tx, team) => (await readLedger.availableTo(tx, team)) || null,
  balanceOf: (tx, team) => readLedger.balanceOf(tx, team),
  capsOn: (tx, team) => caps.capsOn(tx, team, quote, nowMs),
  eventsAfter: (tx, team) => runEvents.eventsAfter(tx, team, "run-1", 0, 9),
  creditsOf: (tx, team) => assetIndex.creditsOf(tx, team, [cat.hash]),
  findAsset: (tx, team) => assetIndex.findAsset(tx, team, cat.hash),
  findFence: (tx, team) => fileFences.findFence(tx, team, "file-1"),
  findHookSecret: (tx, team) => hooks.findHookSecret(tx, team),
  findOpenRun: (tx, team) => runs.findOpenRun(tx, team, "request-1"),
  findPlacement: (tx, team) => placements.findPlacement(tx, team, "placement-1"),
  findQuote: (tx, team) => quotes.findQuote(tx, team, "quote-1"),
  findRunByKey: (tx, team) => runs.findRunByKey(tx, team, "run-1"),
  findWorkflow: (tx, team) => workflows.findWorkflow(tx, team, "workflow-1"),
  listWorkflows: (tx, team) => workflows.listWorkflows(tx, team),
  findSession: (tx, team) => fileFences.findSession(tx, team, "file-1", "session-1"),
  getRun: (tx, team) => runs.getRun(tx, team, "run-1"),
  memberOfRun: (tx, team) => hostedRuns.memberOfRun(tx, team, "run-1"),
  isPaired: async (tx, team, device) =>
    (await members.isPaired(tx, team, device, nowMs)) ? device : null,
  lockCapsOn: (tx, team) => caps.lockCapsOn(tx, team, quote, nowMs),
  listCaps: (tx, team) => caps.listCaps(tx, team, nowMs),
  roleOf: (tx, team) => members.roleOf(tx, team, "ana"),
  usageOf: (tx, team) =>
    usage.usageOf(tx, team, { fromMs: nowMs, untilMs: nowMs + 1, member: null }),
  usageByDay: (tx, team) =>
    usage.usageByDay(tx, team, { fromMs: nowMs, untilMs: nowMs + 1, member: null }),
  latestVersion: (tx, team) => versions.latestVersion(tx, team, "file-1", "1:2"),
  latestVersions: (tx, team) => versions.latestVersions(tx, team, "file-1", ["1:2"]),
  listMembers: (tx, team) => membership.listMembers(tx, team, nowMs),
  listRuns: (tx, team) => runListings.listRuns(tx, team, "file-1"),
  listTeamRuns: (tx, team) => runListings.listTeamRuns(tx, team),
  listVersions: (tx, team) => versions.listVersions(tx, team, "file-1", "1:2"),
  isDerivedOf: async (tx, team) =>
    (await assetIndex.isDerivedOf(tx, team, kitten.hash, cat.hash)) || null,
  reviveAssets: async (tx, team) =>
    (await assetReferences.reviveAssets(tx, team, [cat.hash])).length > 0 ? null : cat.hash,
  newestResults: (tx, team) => newestResults.newestResults(tx, team),
  newestPlacement: (tx, team) => placements.newestPlacement(tx, team, "version-1", 0),
  nodeRuns: (tx, team) => nodeRuns.nodeRuns(tx, team, "run-1"),
  openHolds: (tx, team) => readLedger.openHolds(tx, team, "run-1", "1:2"),
  parentsOfVersion: (tx, team) => versions.parentsOfVersion(tx, team, "version-1"),
  pendingPlacements: (tx, team) => placements.pendingPlacements(tx, team, "file-1", 9),
  versionsById: (tx, team) => versions.versionsById(tx, team, ["version-1"]),
};

/** Every function that changes something that is there, aimed at what the red team has. */
const changes: Readonly<Record<string, Ask>> = {
  appendEvent: (tx, team) => runEvents.appendEvent(tx, team, "run-1", progress(0.9), nowMs),
  changePlacement: (tx, team) => {
    const known = { pid: "placement-1", revision: 1 };
    const after = { state: "placed", layer: "5:5", lease: null } as const;
    return placements.changePlacement(tx, team, known, after);
  },
  endWaitingNode: (tx, team) =>
    nodeRuns.endWaitingNode(tx, team, "run-1", "1:9", { state: "skipped", version: null }),
  endRun: (tx, team) => runs.endRun(tx, team, "run-1", { state: "failed", credits: 0, nowMs }),
  insertAttempt: (tx, team) =>
    attempts.insertAttempt(tx, team, newAttempt("attempt-2", "run-1", { call: 1 })),
  insertEvents: (tx, team) =>
    runEvents.insertEvents(tx, team, "run-1", { after: 9, events: [progress(0.9)], nowMs }),
  insertNodeRuns: (tx, team) => nodeRuns.insertNodeRuns(tx, team, "run-1", waiting),
  insertPlacement: (tx, team) =>
    placements.insertPlacement(tx, team, newPlacement("placement-2", { attempt: 2 })),
  moveAttempt: (tx, team) => {
    const move = { from: "reserved", to: "submitting", changes: {}, nowMs } as const;
    return attempts.moveAttempt(tx, team, "attempt-1", move);
  },
  post: (tx, team) => ledger.post(tx, team, { hold: "hold-1", credits: 5, overrun: 0, nowMs }),
  removeMember: (tx, team) => membership.removeMember(tx, team, "ben"),
  referToAssets: (tx, team) =>
    assetReferences.referToAssets(tx, team, { kind: "version", id: "version-1" }, [cat.hash]),
  removeWorkflow: (tx, team) => workflows.removeWorkflow(tx, team, "workflow-1"),
  releaseAssets: (tx, team) => assetReferences.releaseAssets(tx, team, needed),
  requestCancel: (tx, team) => runs.requestCancel(tx, team, "run-1"),
  revokeDevice: (tx, team, device) => members.revokeDevice(tx, team, device),
  revokeDevices: (tx, team) => members.revokeDevices(tx, team, "laptop"),
  saveDerived: (tx, team) => assetIndex.saveDerived(tx, team, cat.hash, kitten.hash),
  settleAttempts: (tx, team) => attempts.settleAttempts(tx, team, ["attempt-made"], nowMs),
  setNodeRun: (tx, team) =>
    nodeRuns.setNodeRun(tx, team, "run-1", "1:2", { state: "failed", version: null }),
  voidHold: (tx, team) => ledger.voidHold(tx, team, { hold: "hold-1", houseLoss: 5, nowMs }),
};

/** Every function that adds something under a team, with ids that the red team has not used. */
const additions: Readonly<Record<string, Ask>> = {
  createCode: (tx, team) => pairing.createCode(tx, team, { member: "ana", nowMs, random }),
  createDevice: (tx, team) => members.createDevice(tx, team, deviceValues),
  createRun: (tx, team) => runs.createRun(tx, team, newRunRow("run-2", { key: "run-1" })),
  ensureHookSecret: (tx, team) => hooks.ensureHookSecret(tx, team, () => "secret-2"),
  ensureTeam: (tx, team) => members.ensureTeam(tx, team, () => "relay-2"),
  grant: (tx, team) => ledger.grant(tx, team, { id: "grant-2", credits: 5, nowMs }),
  hold: (tx, team) => ledger.hold(tx, team, holdOf("hold-2")),
  holdAll: (tx, team) => ledger.holdAll(tx, team, [holdOf("hold-2"), holdOf("hold-3")]),
  noteHook: (tx, team) => hooks.noteHook(tx, team, "hook-1", nowMs),
  inviteMember: (tx, team) => membership.inviteMember(tx, team, "ben", "owner"),
  setCap: (tx, team) => caps.setCap(tx, team, cap, 5),
  setConfirmAbove: (tx, team) => spendingSettings.setConfirmAbove(tx, team, 5),
  saveAsset: (tx, team) => assetIndex.saveAsset(tx, team, cat, nowMs),
  saveFence: (tx, team) => fileFences.saveFence(tx, team, "file-1", newFence(2)),
  saveQuote: (tx, team) => quotes.saveQuote(tx, team, { ...quote, id: "quote-2" }),
  saveSession: (tx, team) => fileFences.saveSession(tx, team, "file-1", session),
  saveWorkflow: (tx, team) => workflows.saveWorkflow(tx, team, "workflow-1", workflow),
  saveVersion: (tx, team) => versions.saveVersion(tx, team, "file-1", newVersion("version-2")),
};

const isNothing = (value: unknown): boolean =>
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (value instanceof Map && value.size === 0);

/** Rows of every table but those of the blue team itself and of the house's side of its grants. */
async function rowsOfOthers(store: Store): Promise<string> {
  const rows = Object.values(await readAllRows(store.database)).flat();
  return JSON.stringify(rows.filter((row) => !/blue|house:granted/.test(row)));
}

/** What one team has does not exist for another, whichever function asks (reliability.md T7). */
export function isolationContract(open: OpenEmptyStore): void {
  describe("a team", () => {
    it("is asked about here by every function that there is", () => {
      const asked = [...Object.keys(reads), ...Object.keys(changes), ...Object.keys(additions)];
      // These are asked in this file and in host-contract.ts.
      const elsewhere = ["confirmAbove", "isCancelRequested", "spentInRun", ...hosting];
      expect([...asked, ...withoutTeam, ...elsewhere].sort()).toEqual([...storeFunctions].sort());
    });

    it.each(Object.entries(reads))("sees nothing of another's by %s", async (name, ask) => {
      const store = await open();
      const { device } = await furnish(store);
      const asBlue = await store.transaction((transaction) => ask(transaction, "blue", device));
      const asRed = await store.transaction((transaction) => ask(transaction, "red", device));
      expect(isNothing(asRed)).toBe(false);
      if (name === "balanceOf") expect(asBlue).toEqual({ available: 0, held: 0, spent: 0 });
      else expect(isNothing(asBlue)).toBe(true);
    });

    it("does not learn what another's run costs or that it is being stopped", async () => {
      const store = await open();
      await furnish(store);
      await store.transaction(async (transaction) => {
        await runs.requestCancel(transaction, "red", "run-1");
        const paid = { hold: "hold-1", credits: 5, overrun: 0, nowMs };
        await ledger.post(transaction, "red", paid);
      });
      expect(await runs.isCancelRequested(store.database, "red", "run-1")).toBe(true);
      expect(await runs.isCancelRequested(store.database, "blue", "run-1")).toBe(false);
      expect(await readLedger.spentInRun(store.database, "red", "run-1")).toMatchObject({
        credits: 5,
      });
      expect(await readLedger.spentInRun(store.database, "blue", "run-1")).toEqual(noCost);
    });

    it.each(Object.entries(changes))("changes nothing of another's by %s", async (_name, ask) => {
      const store = await open();
      const { device } = await furnish(store);
      const before = await readAllRows(store.database);
      await store
        .transaction((transaction) => ask(transaction, "blue", device))
        .catch(() => "refused");
      expect(await readAllRows(store.database)).toEqual(before);
      await store.transaction((transaction) => ask(transaction, "red", device));
      expect(await readAllRows(store.database)).not.toEqual(before);
    });

    it.each(Object.entries(additions))("adds only to its own by %s", async (_name, ask) => {
      const store = await open();
      const { device } = await furnish(store);
      const before = await rowsOfOthers(store);
      await store.transaction((transaction) => ask(transaction, "blue", device));
      expect(await rowsOfOthers(store)).toBe(before);
    });
  });
}
