import { hasPostgres } from "../helpers/postgres.ts";
import { runUnderKills } from "../helpers/relays-under-kills.ts";

/** SPACES_CHAOS_RUNS takes another number. */
const runCount = Number(process.env["SPACES_CHAOS_RUNS"] ?? 300);

/**
 * Three relay processes on one PostgreSQL, one of them killed every 1.2 s, until every run has ended.
 * Throws where a run is missing or an invariant does not hold.
 */
export async function benchRelays(): Promise<{ lines: readonly string[]; data: unknown }> {
  if (!(await hasPostgres())) return { lines: ["relays: skipped"], data: null };
  const { states, broken, ...counts } = await runUnderKills(runCount);
  if (broken.length > 0) throw new Error(broken.join(" "));
  if (states.length !== runCount)
    throw new Error(`${states.length} runs of ${runCount} are there.`);
  const done = states.filter((state) => state === "done").length;
  const { kills, seconds, billed, billedTwice, unpaid } = counts;
  const ends = `${runCount} runs ended (${done} done) in ${seconds.toFixed(1)} s through ${kills} kills of three relays on PostgreSQL`;
  const bills = `${billed} calls billed, ${billedTwice} of them twice, ${unpaid} not paid by members but by the house`;
  return {
    lines: [`relays: ${ends}`, `        ${bills}; every invariant held`],
    data: { runs: runCount, done, ...counts, seconds: Number(seconds.toFixed(1)) },
  };
}
