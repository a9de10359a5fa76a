import { expect, test } from "vitest";
import type { Clock } from "../../../server/clock.ts";
import { CallFailure } from "../../../server/providers/provider.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import { openHarness, pressRun, waitForEnd } from "../../helpers/run-harness.ts";

/** A clock whose waits, but for the host's own watch of a minute, are over at once and are noted. */
function notingClock() {
  const waits: number[] = [];
  let nowMs = 1_000_000;
  const clock: Clock = {
    nowMs: () => nowMs,
    sleep: (durationMs, signal) => {
      if (durationMs === 60_000 && waits.length === 0) {
        return new Promise((resolve) => {
          signal?.addEventListener("abort", () => resolve());
        });
      }
      waits.push(durationMs);
      nowMs += durationMs;
      return Promise.resolve();
    },
  };
  return { clock, waits };
}

test.each([
  ["no", 0, 20_000, 20_000],
  ["the most", 2 ** 31 - 1, 20_000, 22_000],
  ["the most, of the longest wait", 2 ** 31 - 1, Number.MAX_SAFE_INTEGER, 66_000],
  ["the most, of none that was asked for", 2 ** 31 - 1, null, 1_100],
])(
  "F10: a wait with %s chance on top (seed %i) of %s ms asked for is %i ms, and the node waits in line meanwhile",
  async (_name, newSeed, asked, waited) => {
    const { clock, waits } = notingClock();
    let answers = 0;
    const provider = createFakeProvider({
      answer: () => {
        answers += 1;
        const failure = { code: "provider-limited", message: "Busy.", isRetryable: true } as const;
        if (answers === 1) throw new CallFailure(failure, "not-billed", asked);
        return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] };
      },
    });
    const parts = { clock, newSeed: () => newSeed };
    const harness = await openHarness({ providers: [provider], parts });
    try {
      const graph = buildGraph()
        .node("a", "assistant", { settings: { instruction: "a" } })
        .done();
      const { id } = await pressRun(harness.host, graph, { mode: "all" });
      const { run, events } = await waitForEnd(harness, id);
      expect([run.state, waits]).toEqual(["done", [waited]]);
      const places = events.flatMap(({ event }) =>
        event.type === "node-queued" ? event.position : [],
      );
      expect(places).toEqual([1, 0]);
    } finally {
      await harness.close();
    }
  },
);
