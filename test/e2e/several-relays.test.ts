import { describe, expect, test } from "vitest";
import { hasPostgres } from "../helpers/postgres.ts";
import { runUnderKills } from "../helpers/relays-under-kills.ts";

/** `npm run bench -- relays` is the long form, with 300. */
const runCount = Number(process.env["SPACES_CHAOS_RUNS"] ?? 60);

describe.skipIf(!(await hasPostgres()))("three relay processes on one database", () => {
  test(
    "end every run and pay for nothing twice, however often one of them is killed",
    { timeout: 20_000 + runCount * 2_000 },
    async () => {
      const { states, kills, broken } = await runUnderKills(runCount);
      expect(states).toHaveLength(runCount);
      expect(broken).toEqual([]);
      expect(kills).toBeGreaterThan(2);
      // Most go well: a kill costs those of class C and D that it catches in their call.
      expect(states.filter((state) => state === "done").length).toBeGreaterThan(runCount / 3);
    },
  );
});
