import { describe, expect, test } from "vitest";
import type { Clock } from "../../../server/clock.ts";
import { stopGracefully } from "../../../server/stop-gracefully.ts";
import { createTraffic } from "../../../server/traffic.ts";

/** A listener and a clock that do what the test says, and what happened in which order. */
function createStage() {
  const happened: string[] = [];
  const closed = Promise.withResolvers<undefined>();
  const graceOver = Promise.withResolvers<undefined>();
  const traffic = createTraffic();
  const clock: Clock = { nowMs: () => 0, sleep: () => graceOver.promise };
  const listener = {
    stopAccepting: async () => {
      happened.push("stop accepting");
      await closed.promise;
    },
    endAll: () => {
      happened.push("end all");
      closed.resolve(undefined);
    },
  };
  const stop = (graceMs: number) =>
    stopGracefully({ listener, traffic, clock, graceMs }).then(() => happened.push("stopped"));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { happened, closed, graceOver, traffic, stop, turn };
}

describe("a stop", () => {
  test("resolves once connections and handlers have come to their end", async () => {
    const { happened, closed, traffic, stop, turn } = createStage();
    const leave = traffic.enter();
    const stopped = stop(5_000);
    expect(traffic.stopping.aborted).toBe(true);
    closed.resolve(undefined);
    await turn();
    expect(happened).toEqual(["stop accepting"]);
    leave();
    await stopped;
    expect(happened).toEqual(["stop accepting", "end all", "stopped"]);
  });

  test("cuts connections after the grace, and still waits for the handlers behind them", async () => {
    const { happened, graceOver, traffic, stop, turn } = createStage();
    const leaves = [traffic.enter(), traffic.enter()];
    const stopped = stop(5_000);
    await turn();
    expect(happened).toEqual(["stop accepting"]);
    graceOver.resolve(undefined);
    await turn();
    expect(happened).toEqual(["stop accepting", "end all"]);
    leaves[0]?.();
    leaves[0]?.();
    await turn();
    expect(happened).not.toContain("stopped");
    leaves[1]?.();
    await stopped;
  });

  test("without a grace cuts at once", async () => {
    const { happened, stop } = createStage();
    await stop(0);
    expect(happened).toEqual(["stop accepting", "end all", "stopped"]);
  });
});
