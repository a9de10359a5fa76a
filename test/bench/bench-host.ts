import type { Model } from "#domain/model";
import { free } from "#domain/price";
import type { Provider } from "../../server/providers/provider.ts";
import { openHarness } from "../helpers/run-harness.ts";
import type { TimedGraph } from "./layered-graph.ts";

const model: Model = {
  id: "timed:wait",
  provider: "timed",
  title: "Wait",
  description: "Takes the time that it is told.",
  task: "text",
  fidelity: "exact",
  version: "1",
  inputs: { text: 1_000 },
  maxPromptCharacters: 1_000_000,
  params: {},
  price: free,
  priceBasis: "list",
  limits: {},
  outputsPerCall: 1,
  expectedMs: 0,
  unavailable: null,
  isRetired: false,
  source: "For benchmarks.",
};

/** People who press Run in turn: no team has as many runs open as it may, and no member's wait. */
const crowd = { teams: 5, members: 20 } as const;

/** Our runs, planned, priced, held, stored and told as in the relay, over a provider that only waits. */
export async function openBenchHost(folder: string) {
  let durations: ReadonlyMap<string, number> = new Map();
  const provider: Provider = {
    id: "timed",
    title: "Timed",
    recovery: "A",
    concurrency: 1_000,
    models: () => [model],
    submit: async ({ request }) => {
      const id = request.task === "text" ? request.instruction : "";
      const durationMs = durations.get(id) ?? 0;
      if (durationMs > 0) await new Promise((done) => setTimeout(done, durationMs));
      return {
        kind: "done",
        result: { outputs: [{ kind: "text", text: id }], billedCredits: 0, notes: [] },
      };
    },
  };
  const harness = await openHarness({ providers: [provider], folder });
  let count = 0;
  return {
    run: async (timed: TimedGraph) => {
      durations = timed.durationMs;
      const at = count;
      count += 1;
      const caller = {
        team: `team-${at % crowd.teams}`,
        member: `member-${Math.floor(at / crowd.teams) % crowd.members}`,
        device: "bench",
      };
      // A file of its own each time: nothing may be reused.
      const request = {
        file: `f${at}`,
        graph: timed.graph,
        target: { mode: "all" as const },
        isAgain: false,
      };
      const quote = await harness.host.quote(caller, request);
      const started = { ...request, quote: quote.id };
      const run = await harness.host.startRun(caller, `press-${at}-of-bench`, started);
      await ended(harness, run.id);
    },
    close: () => harness.close(true),
  };
}

async function ended(harness: Awaited<ReturnType<typeof openHarness>>, id: string): Promise<void> {
  const { hub, store } = harness.parts;
  for (;;) {
    const news = Promise.withResolvers<void>();
    const stop = hub.listen(id, () => news.resolve());
    const row = await store.database
      .selectFrom("run")
      .select("state")
      .where("id", "=", id)
      .executeTakeFirst();
    if (row?.state !== "running") {
      stop();
      return;
    }
    await news.promise;
    stop();
  }
}
