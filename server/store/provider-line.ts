import { pausedUntil } from "#domain/call-rate";
import { fairOrder, whoEnters, type WaitingCall } from "#domain/fair-line";
import { sql } from "kysely";
import type { Transaction } from "./database.ts";
import type { LineCall, LineChanges, LineLimits, LineNews } from "./line-changes.ts";
import { databaseNowMs } from "./processes.ts";
import { takeStarts } from "./provider-starts.ts";

// The line before a provider that several processes on PostgreSQL share. What waits and what has a
// place are rows that go with their process; whoever changes the line holds its row meanwhile, and lets
// in whoever is next, of whatever process.

interface Candidate extends WaitingCall {
  readonly call: LineCall;
  readonly process: string;
}

/** A member's name over all teams. */
export function memberKey({ team, member }: Pick<LineCall, "team" | "member">): string {
  return JSON.stringify([team, member]);
}

/**
 * Makes a process's changes to a line and lets in whoever is next. Throws when the process is not among
 * the living; nothing is changed then.
 */
export async function changeLine(
  transaction: Transaction,
  provider: LineLimits,
  process: string,
  changes: LineChanges,
): Promise<LineNews> {
  const line = await holdLine(transaction, provider.id, changes.arrivals.length);
  const nowMs = await readClock(transaction);
  const pausedUntilMs = pausedUntil(line.paused_until, changes.pauseMs, nowMs);
  await removeCalls(transaction, provider.id, changes.leaving);
  const places = await placesOf(transaction, provider.id);
  const isPaused = pausedUntilMs > nowMs;
  const free = isPaused ? [] : freePlaces(provider.concurrency, places);
  const firstOfThem = line.arrived - changes.arrivals.length + 1;
  const arriving = changes.arrivals.map((call, at) => candidateOf(call, process, firstOfThem + at));
  const heads = free.length > 0 ? await headsOf(transaction, provider.id, free.length) : [];
  const served = await servedOf(transaction, provider.id);
  const candidates = [...heads, ...arriving];
  const pick = (starts: number) => whoEnters(candidates, served, { places: free.length, starts });
  const wanted =
    (isPaused ? 0 : changes.restarts) + pick(Infinity).filter((each) => each.startsCall).length;
  const room = await roomFor(transaction, provider, wanted, nowMs);
  const restarted = Math.min(room.calls, isPaused ? 0 : changes.restarts);
  const entering = pick(room.calls - restarted);
  await letIn(transaction, provider.id, line.served, free, entering);
  const stays = arriving.filter((each) => !entering.includes(each));
  await addWaiting(transaction, provider.id, stays);
  if (pausedUntilMs !== line.paused_until) await pauseLine(transaction, provider.id, pausedUntilMs);
  const ofUs = entering.filter((each) => each.process === process);
  return {
    entered: [
      ...places.flatMap((place) => (place.process === process ? (place.call ?? []) : [])),
      ...ofUs.map(({ id }) => id),
    ],
    restarted,
    positions: changes.wantsPositions ? await positionsOf(transaction, provider.id, process) : null,
    waitMs: isPaused ? pausedUntilMs - nowMs : room.waitMs,
    hasServedOthers: ofUs.length < entering.length,
  };
}

function candidateOf(call: LineCall, process: string, arrived: number): Candidate {
  const { id, startsCall } = call;
  return { id, startsCall, arrived, member: memberKey(call), call, process };
}

/** Locks the line for the rest of the transaction and counts who comes. */
async function holdLine(transaction: Transaction, provider: string, arriving: number) {
  return transaction
    .insertInto("provider_line")
    .values({ provider, arrived: arriving, served: 0, paused_until: 0 })
    .onConflict((conflict) =>
      conflict.column("provider").doUpdateSet((expression) => ({
        arrived: expression("provider_line.arrived", "+", arriving),
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The time once the line is held: calls are counted from then on. */
async function readClock(transaction: Transaction): Promise<number> {
  const { rows } = await sql<{ now: number }>`SELECT ${databaseNowMs} AS now`.execute(transaction);
  return rows[0]?.now ?? 0;
}

async function removeCalls(
  transaction: Transaction,
  provider: string,
  calls: readonly string[],
): Promise<void> {
  if (calls.length === 0) return;
  await transaction
    .deleteFrom("provider_place")
    .where("provider", "=", provider)
    .where("call", "in", calls)
    .execute();
  await transaction.deleteFrom("provider_wait").where("id", "in", calls).execute();
}

async function placesOf(transaction: Transaction, provider: string) {
  return transaction
    .selectFrom("provider_place")
    .select(["place", "process", "call"])
    .where("provider", "=", provider)
    .execute();
}

function freePlaces(places: number, taken: readonly { readonly place: number }[]): number[] {
  const isTaken = new Set(taken.map(({ place }) => place));
  const all = Array.from({ length: places }, (_, place) => place);
  return all.filter((place) => !isTaken.has(place)).slice(0, Math.max(0, places - taken.length));
}

/** The first calls of each member, so many as could enter; those that a rate holds back hide none. */
async function headsOf(
  transaction: Transaction,
  provider: string,
  places: number,
): Promise<Candidate[]> {
  const { rows } = await sql<{
    id: string;
    team: string;
    member: string;
    arrived: number;
    starts_call: number;
    process: string;
  }>`
    SELECT id, team, member, arrived, starts_call, process FROM (
      SELECT *, row_number() OVER (PARTITION BY team, member, starts_call ORDER BY arrived) AS nth
      FROM provider_wait WHERE provider = ${provider}) AS waiting
    WHERE nth <= ${places}`.execute(transaction);
  return rows.map(({ process, arrived, starts_call, ...call }) =>
    candidateOf({ ...call, startsCall: starts_call === 1 }, process, arrived),
  );
}

async function servedOf(transaction: Transaction, provider: string) {
  const rows = await transaction
    .selectFrom("provider_served")
    .select(["team", "member", "served"])
    .where("provider", "=", provider)
    .execute();
  return new Map(rows.map((row) => [memberKey(row), row.served]));
}

function roomFor(
  transaction: Transaction,
  { id, callsPerMinute }: LineLimits,
  wanted: number,
  nowMs: number,
) {
  if (callsPerMinute === undefined || wanted === 0) return { calls: wanted, waitMs: null };
  return takeStarts(transaction, { id, callsPerMinute }, wanted, nowMs);
}

async function letIn(
  transaction: Transaction,
  provider: string,
  served: number,
  free: readonly number[],
  entering: readonly Candidate[],
): Promise<void> {
  if (entering.length === 0) return;
  const places = entering.flatMap(({ id, process }, at) => {
    const place = free[at];
    return place === undefined ? [] : [{ provider, place, process, call: id }];
  });
  await transaction.insertInto("provider_place").values(places).execute();
  const ids = entering.map(({ id }) => id);
  await transaction.deleteFrom("provider_wait").where("id", "in", ids).execute();
  const newest = new Map(
    entering.map(({ call: { team, member }, member: key }, at) => [
      key,
      { provider, team, member, served: served + 1 + at },
    ]),
  );
  await transaction
    .insertInto("provider_served")
    .values([...newest.values()])
    .onConflict((conflict) =>
      conflict
        .columns(["provider", "team", "member"])
        .doUpdateSet((expression) => ({ served: expression.ref("excluded.served") })),
    )
    .execute();
  await transaction
    .updateTable("provider_line")
    .set({ served: served + entering.length })
    .where("provider", "=", provider)
    .execute();
}

async function addWaiting(
  transaction: Transaction,
  provider: string,
  waiting: readonly Candidate[],
): Promise<void> {
  if (waiting.length === 0) return;
  const rows = waiting.map(({ call: { id, team, member, startsCall }, arrived, process }) => ({
    id,
    provider,
    team,
    member,
    arrived,
    starts_call: startsCall ? 1 : 0,
    process,
  }));
  await transaction.insertInto("provider_wait").values(rows).execute();
}

async function pauseLine(transaction: Transaction, provider: string, untilMs: number) {
  await transaction
    .updateTable("provider_line")
    .set({ paused_until: untilMs })
    .where("provider", "=", provider)
    .execute();
}

/** Where the calls of a process stand among all that wait. */
async function positionsOf(
  transaction: Transaction,
  provider: string,
  process: string,
): Promise<Map<string, number>> {
  const rows = await transaction
    .selectFrom("provider_wait")
    .select(["id", "team", "member", "arrived", "process"])
    .where("provider", "=", provider)
    .execute();
  const waiting = rows.map((row) => ({ ...row, startsCall: true, member: memberKey(row) }));
  const order = fairOrder(waiting, await servedOf(transaction, provider));
  return new Map(
    order.flatMap((call, at) => (call.process === process ? [[call.id, at + 1] as const] : [])),
  );
}
