import { mayPlace } from "#domain/file-fence";
import {
  judgeClaim,
  judgeEnd,
  leaseMs,
  type Placement,
  type Ruling,
} from "#domain/placement-lease";
import type { Handler } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import { makePlacement } from "../run/make-placement.ts";
import type { Transaction } from "../store/database.ts";
import { findFence, findSession } from "../store/file-fences.ts";
import {
  changePlacement,
  findPlacement,
  newestPlacement,
  pendingPlacements,
  type LeasedPlacement,
} from "../store/placements.ts";
import { getRun } from "../store/runs.ts";
import { versionsById } from "../store/versions.ts";
import type { RouteParts } from "./route-parts.ts";

/** Placements told at a time; the next ones are told when these have ended. */
const mostPlacements = 200;

/** What these routes work with. */
type PlacementParts = Pick<RouteParts, "store" | "clock" | "hashText">;

/** What waits to be placed in a file. */
export function placements(parts: PlacementParts): Handler<"placements"> {
  return async ({ caller, query }) => {
    const { database } = parts.store;
    const waiting = await pendingPlacements(database, caller.team, query.file, mostPlacements);
    return { placements: waiting, nowMs: parts.clock.nowMs() };
  };
}

/** Gives a session the right to place a result, for a while. */
export function placementClaim(parts: PlacementParts): Handler<"placementClaim"> {
  return async ({ caller, path, body }) => {
    const { session } = body;
    const placement = await judge(parts, caller.team, path["pid"], async (known, transaction) => {
      await checkFence(transaction, caller.team, known.file, session);
      return judgeClaim(known, session, parts.clock.nowMs());
    });
    return { placement, leaseMs };
  };
}

/** Takes a session's word on what became of a placement. */
export function placementEnd(parts: PlacementParts): Handler<"placementEnd"> {
  return ({ caller, path, body }) =>
    judge(parts, caller.team, path["pid"], (known) =>
      Promise.resolve(judgeEnd(known, body, parts.clock.nowMs())),
    );
}

/** Wishes for an item of a version again; while an earlier wish for it waits, that one is answered. */
export function placeAgain(parts: PlacementParts): Handler<"placeAgain"> {
  return ({ caller: { team }, body: { file, version: id, index, session } }) =>
    parts.store.transaction(async (transaction) => {
      const version = (await versionsById(transaction, team, [id])).get(id);
      const run = version ? await getRun(transaction, team, version.run) : null;
      if (!version || run?.file !== file || index >= version.items.length) {
        throw new Refusal("not-found", "There is no such result.");
      }
      const newest = await newestPlacement(transaction, team, id, index);
      if (newest?.state === "pending") return newest;
      const attempt = (newest?.attempt ?? 0) + 1;
      const wish = { index, attempt, session, nowMs: parts.clock.nowMs() };
      const pid = await makePlacement(parts, transaction, run, version, wish);
      return found(await findPlacement(transaction, team, pid));
    });
}

/**
 * Applies a ruling to a placement in one commit, and says no only behind it: a refused session's word
 * may have changed which of two layers is known.
 */
async function judge(
  parts: PlacementParts,
  team: string,
  pid: string | undefined,
  rule: (known: LeasedPlacement, transaction: Transaction) => Promise<Ruling>,
): Promise<Placement> {
  const { placement, refusal } = await parts.store.transaction(async (transaction) => {
    const known = found(pid === undefined ? null : await findPlacement(transaction, team, pid));
    const ruling = await rule(known, transaction);
    if (await changePlacement(transaction, team, known, ruling.after)) {
      return { placement: { ...known, ...ruling.after }, refusal: ruling.refusal };
    }
    return { placement: known, refusal: "Somebody else was faster. Look at the canvas again." };
  });
  if (refusal !== null) throw new Refusal("conflict", refusal);
  return placement;
}

/** Results go into the one file that keeps the id, also while a copy of it is open elsewhere. */
async function checkFence(
  transaction: Transaction,
  team: string,
  file: string,
  session: string,
): Promise<void> {
  const fence = await findFence(transaction, team, file);
  if (mayPlace(fence, await findSession(transaction, team, file, session))) return;
  const said = "This file, or a copy of it, was opened elsewhere since. Open it again here first.";
  throw new Refusal("not-allowed", said);
}

/** The same for what never was and for another team's (reliability.md T7). */
function found(placement: LeasedPlacement | null): LeasedPlacement {
  if (!placement) throw new Refusal("not-found", "There is no such placement.");
  return placement;
}
