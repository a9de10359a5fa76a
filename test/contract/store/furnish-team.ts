import * as assetIndex from "../../../server/store/asset-index.ts";
import * as assetReferences from "../../../server/store/asset-references.ts";
import * as caps from "../../../server/store/caps.ts";
import * as attempts from "../../../server/store/attempts.ts";
import * as workflows from "../../../server/store/workflows.ts";
import * as fileFences from "../../../server/store/file-fences.ts";
import * as hooks from "../../../server/store/hooks.ts";
import * as ledger from "../../../server/store/ledger.ts";
import * as members from "../../../server/store/members.ts";
import * as membership from "../../../server/store/membership.ts";
import * as nodeRuns from "../../../server/store/node-runs.ts";
import type { Store } from "../../../server/store/open-store.ts";
import * as pairing from "../../../server/store/pairing.ts";
import * as placements from "../../../server/store/placements.ts";
import * as quotes from "../../../server/store/quotes.ts";
import * as runEvents from "../../../server/store/run-events.ts";
import * as runs from "../../../server/store/runs.ts";
import * as versions from "../../../server/store/versions.ts";
import {
  countingRandom,
  newAsset,
  newAttempt,
  newCredit,
  newFence,
  newPlacement,
  newQuote,
  newRunRow,
  newVersion,
  nowMs,
  progress,
} from "./rows.ts";

/** Random bytes that are the same each time. */
export const random = countingRandom(900);
/** An asset, and a picture that is derived of it. */
export const [cat, kitten] = [{ ...newAsset("cat"), credit: newCredit }, newAsset("kitten")];
/** What needs the cat. */
export const needed = { kind: "run", id: "run-1" } as const;
/** The quote of the team. */
export const quote = newQuote("quote-1");
/** The cap that is set. */
export const cap = { kind: "member", name: "ana", unit: "credits" } as const;
/** The session that has the file open. */
export const session = { session: "session-1", generation: 1, nowMs };
/** A hold of five credits. */
export const holdOf = (id: string) => ({
  id,
  run: "run-1",
  node: "1:2",
  call: 0,
  credits: 5,
  nowMs,
});
/** The hold that is open. */
export const holdValues = holdOf("hold-1");
/** A device of the member. */
export const deviceValues = { member: "ana", name: "laptop", nowMs, random };

/** A workflow of the red team. */
export const workflow = { title: "Mine", inputs: [], output: "1", graph: {} };

/** Gives the red team one of everything. */
export async function furnish(store: Store): Promise<{ device: string }> {
  return store.transaction(async (transaction) => {
    await members.ensureTeam(transaction, "red", () => "relay-1");
    const { device } = await members.createDevice(transaction, "red", deviceValues);
    await membership.inviteMember(transaction, "red", "ben", "member");
    await pairing.createCode(transaction, "red", { member: "ana", nowMs, random });
    for (const asset of [cat, kitten]) {
      await assetIndex.saveAsset(transaction, "red", asset, nowMs);
    }
    await assetIndex.saveDerived(transaction, "red", kitten.hash, cat.hash);
    await assetReferences.referToAssets(transaction, "red", needed, [cat.hash]);
    await quotes.saveQuote(transaction, "red", quote);
    await runs.createRun(transaction, "red", newRunRow("run-1"));
    await runEvents.appendEvent(transaction, "red", "run-1", progress(0.1), nowMs);
    const running = { state: "running", version: null } as const;
    await nodeRuns.setNodeRun(transaction, "red", "run-1", "1:2", running);
    const made = { state: "done", version: "version-1" } as const;
    await nodeRuns.setNodeRun(transaction, "red", "run-1", "1:3", made);
    await workflows.saveWorkflow(transaction, "red", "workflow-1", workflow);
    await attempts.insertAttempt(transaction, "red", newAttempt("attempt-1", "run-1"));
    const stored = newAttempt("attempt-made", "run-1", { call: 7, state: "submitting" });
    await attempts.insertAttempt(transaction, "red", stored);
    await attempts.moveAttempt(transaction, "red", stored.id, {
      ...{ from: "submitting", to: "stored", changes: { items: [] }, nowMs },
    });
    const items = [{ kind: "text", text: "a cat" } as const];
    const version = newVersion("version-1", { items });
    const origin = { parents: new Map([["1:1", "version-0"]]), inputs: null };
    await versions.saveVersion(transaction, "red", "file-1", version, origin);
    await placements.insertPlacement(transaction, "red", newPlacement("placement-1"));
    await fileFences.saveFence(transaction, "red", "file-1", newFence(1));
    await fileFences.saveSession(transaction, "red", "file-1", session);
    await hooks.ensureHookSecret(transaction, "red", () => "secret-1");
    await ledger.grant(transaction, "red", { id: "grant-1", credits: 100, nowMs });
    await ledger.hold(transaction, "red", holdValues);
    await ledger.hold(transaction, "red", { ...holdOf("hold-0"), call: 1 });
    await ledger.voidHold(transaction, "red", { hold: "hold-0", houseLoss: 0, nowMs });
    await caps.setCap(transaction, "red", cap, 100);
    return { device };
  });
}
