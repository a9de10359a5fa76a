import * as z from "zod";
import type { AssetStore } from "../assets/asset-store.ts";
import { listRuns, type RunListing } from "../store/run-listings.ts";
import { findRunByKey, getRun, type RunRow } from "../store/runs.ts";
import { latestVersions, listVersions } from "../store/versions.ts";
import type { Clock } from "../clock.ts";
import type { Handler } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import type { RunSummary } from "#domain/relay";
import { textSchema } from "#domain/well-formed";
import type { RouteParts } from "./route-parts.ts";

const keySchema = textSchema(200).check(z.minLength(8));

/** Plans a run and promises its price for ten minutes. */
export function quote(parts: RouteParts): Handler<"quote"> {
  return ({ caller, body }) => parts.host.quote(caller, body);
}

/** What starting works with. */
interface StartParts {
  readonly store: Pick<RouteParts["store"], "database">;
  readonly host: Pick<RouteParts["host"], "startRun">;
  readonly assets: { readonly bytes: Pick<AssetStore, "checkRoom"> };
  readonly clock: Pick<Clock, "nowMs">;
}

/** Where there was room a moment ago there is still: it takes a thread to ask, and many press at once. */
const roomMs = 250;

/** Starts what a quote promised; the same key gives the same run. */
export function runStart(parts: StartParts): Handler<"runStart"> {
  let hadRoomAtMs = Number.NEGATIVE_INFINITY;
  // What has begun goes on; nothing new begins that might find no room for its results (F28).
  const checkRoom = async (team: string, key: string) => {
    const nowMs = parts.clock.nowMs();
    if (Math.abs(nowMs - hadRoomAtMs) < roomMs) return;
    if (await findRunByKey(parts.store.database, team, key)) return;
    await parts.assets.bytes.checkRoom();
    hadRoomAtMs = nowMs;
  };
  return async ({ caller, body, header }) => {
    const key = keySchema.safeParse(header("idempotency-key"));
    if (!key.success) {
      throw new Refusal("request-invalid", "Send an Idempotency-Key of 8 to 200 characters.");
    }
    await checkRoom(caller.team, key.data);
    return summarise(await parts.host.startRun(caller, key.data, body));
  };
}

/** The newest runs of a file. */
export function runList(parts: RouteParts): Handler<"runList"> {
  return async ({ caller, query }) => {
    const runs = await listRuns(parts.store.database, caller.team, query.file, 50);
    return { runs: runs.map(summarise) };
  };
}

/** A run as it stands. */
export function runGet(parts: RouteParts): Handler<"runGet"> {
  return async ({ caller, path }) => summarise(await findRun(parts, caller.team, path["run"]));
}

/** Asks a run to stop. */
export function runCancel(parts: RouteParts): Handler<"runCancel"> {
  return async ({ caller, path }) => {
    const run = await findRun(parts, caller.team, path["run"]);
    await parts.host.cancel(caller.team, run.id);
    return summarise(await findRun(parts, caller.team, run.id));
  };
}

/** The kept results of a node, newest first. */
export function versions(parts: RouteParts): Handler<"versions"> {
  return async ({ caller, query }) => ({
    versions: await listVersions(parts.store.database, caller.team, query.file, query.node, 30),
  });
}

/** The newest kept result of each of these nodes, so that a panel need not ask node by node. */
export function versionsNewest(parts: RouteParts): Handler<"versionsNewest"> {
  return async ({ caller, body }) => {
    const { database } = parts.store;
    const newest = await latestVersions(database, caller.team, body.file, body.nodes);
    return { versions: [...newest.values()] };
  };
}

/** A run of the asker's own team; another team's looks like one that does not exist (T7). */
export async function findRun(
  parts: RouteParts,
  team: string,
  id: string | undefined,
): Promise<RunRow> {
  const run = id === undefined ? null : await getRun(parts.store.database, team, id);
  if (!run) throw new Refusal("not-found", "There is no such run.");
  return run;
}

function summarise(run: RunListing): RunSummary {
  return {
    id: run.id,
    file: run.file,
    state: run.state,
    plan: run.plan,
    credits: run.credits,
    microDollars: run.microDollars,
    startedBy: run.member,
    startedAtMs: run.startedAtMs,
    endedAtMs: run.endedAtMs,
    lastEvent: run.lastEvent,
  };
}
