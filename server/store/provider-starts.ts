import { rateWindowMs, roomToStart, type RoomToStart } from "#domain/call-rate";
import type { Transaction } from "./database.ts";

// When calls of providers with a rate started. Kept in the database, so that a restart or another
// process does not begin a minute anew; rows that count no more are taken away with the next start.

/**
 * Takes the right to start up to `wanted` calls of a provider now; they count from now on, whatever
 * becomes of them. Nobody else may do so for this provider within the same time: the caller holds the
 * provider's line, or is alone with the database. Answers how many may start, and how long until the
 * next may where they are fewer than wanted.
 */
export async function takeStarts(
  transaction: Transaction,
  provider: { readonly id: string; readonly callsPerMinute: number },
  wanted: number,
  nowMs: number,
): Promise<RoomToStart> {
  const { id, callsPerMinute } = provider;
  await transaction
    .updateTable("provider_start")
    .set({ at: nowMs })
    .where("provider", "=", id)
    .where("at", ">", nowMs)
    .execute();
  const rows = await transaction
    .selectFrom("provider_start")
    .select(["number", "at"])
    .where("provider", "=", id)
    .orderBy("number", "desc")
    .limit(Math.max(1, callsPerMinute))
    .execute();
  const room = roomToStart(
    rows.map(({ at }) => at),
    callsPerMinute,
    nowMs,
  );
  const calls = Math.min(room.calls, wanted);
  const last = rows[0]?.number ?? 0;
  if (calls > 0) {
    await transaction
      .insertInto("provider_start")
      .values(
        Array.from({ length: calls }, (_, at) => ({
          provider: id,
          number: last + 1 + at,
          at: nowMs,
        })),
      )
      .execute();
    await transaction
      .deleteFrom("provider_start")
      .where("provider", "=", id)
      .where("at", "<", nowMs - rateWindowMs)
      .execute();
  }
  if (calls === wanted) return { calls, waitMs: null };
  // Those that have just been let go may be the ones that the next has to wait for.
  const starts = [...rows.map(({ at }) => at), ...Array.from({ length: calls }, () => nowMs)];
  return { calls, waitMs: roomToStart(starts, callsPerMinute, nowMs).waitMs };
}
