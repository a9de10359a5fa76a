import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rateWindowMs } from "#domain/call-rate";
import { takeStarts } from "../../../server/store/provider-starts.ts";
import type { OpenEmptyStore } from "./rows.ts";

const program = fc.record({
  callsPerMinute: fc.integer({ min: 1, max: 6 }),
  steps: fc.array(
    fc.record({
      passMs: fc.oneof(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 70_000 })),
      wanted: fc.integer({ min: 0, max: 8 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
});

/** How often a provider with a rate may be asked, alike in every database. */
export function rateContract(open: OpenEmptyStore): void {
  describe("a provider's rate", () => {
    it("is held in every minute, and no more rows are kept than count", async () => {
      const store = await open();
      let providers = 0;
      const property = fc.asyncProperty(program, async ({ callsPerMinute, steps }) => {
        const provider = { id: `fake-${(providers += 1)}`, callsPerMinute };
        const starts: number[] = [];
        let nowMs = 1_000_000;
        for (const { passMs, wanted } of steps) {
          nowMs += passMs;
          const { calls, waitMs } = await store.transaction((transaction) =>
            takeStarts(transaction, provider, wanted, nowMs),
          );
          for (let at = 0; at < calls; at += 1) starts.push(nowMs);
          expect(calls === wanted).toBe(waitMs === null);
          if (waitMs !== null) expect(waitMs).toBeLessThanOrEqual(rateWindowMs + 1);
        }
        for (const from of starts) {
          const within = starts.filter((atMs) => atMs >= from && atMs <= from + rateWindowMs);
          expect(within.length).toBeLessThanOrEqual(callsPerMinute);
        }
        const kept = await store.database
          .selectFrom("provider_start")
          .select("at")
          .where("provider", "=", provider.id)
          .execute();
        expect(kept.length).toBeLessThanOrEqual(callsPerMinute);
      });
      await fc.assert(property, { numRuns: 25, seed: 20_261_121 });
    });

    it("F33: is waited for no longer than a minute by a clock that was set back by hours", async () => {
      const store = await open();
      const provider = { id: "fake", callsPerMinute: 1 };
      const take = (nowMs: number) =>
        store.transaction((transaction) => takeStarts(transaction, provider, 1, nowMs));
      const nowMs = 20 * 3_600_000;
      expect(await take(nowMs)).toEqual({ calls: 1, waitMs: null });
      const back = nowMs - 5 * 3_600_000;
      expect(await take(back)).toEqual({ calls: 0, waitMs: rateWindowMs + 1 });
      expect(await take(back + rateWindowMs + 1)).toEqual({ calls: 1, waitMs: null });
    });
  });
}
