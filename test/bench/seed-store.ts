import { systemClock } from "../../server/clock.ts";
import { noFailpoints } from "../../server/failpoint.ts";
import { quoteRun, startRun } from "../../server/run/start-run.ts";
import { grant } from "../../server/store/ledger.ts";
import { openDiskHost } from "../helpers/open-disk-host.ts";
import { caller } from "../helpers/run-harness.ts";
import { layeredGraph } from "./layered-graph.ts";
import { paidProvider } from "./paid-provider.ts";

/** More than any benchmark spends. */
const credits = 1_000_000_000;
/** Runs that are kept at the same time, so that they share commits. */
const together = 32;

/**
 * Makes a relay's store with credits and so many open runs: quoted, held and begun as a press of Run
 * does it, none of them taken on yet.
 */
export async function seedStore(folder: string, openRuns: number): Promise<void> {
  const { parts } = await openDiskHost({
    folder,
    databaseUrl: null,
    leaseMs: 30_000,
    providers: [paidProvider("never")],
    clock: systemClock,
    reach: noFailpoints,
  });
  const { store } = parts;
  await store.transaction((transaction) =>
    grant(transaction, caller.team, { id: "first-grant", credits, nowMs: 0 }),
  );
  const { graph } = layeredGraph(1, 1, 1, () => 0);
  let next = 0;
  const press = async () => {
    for (let at = next++; at < openRuns; at = next++) {
      const request = {
        file: `open-${at}`,
        graph,
        target: { mode: "all" as const },
        isAgain: false,
      };
      const quote = await quoteRun(parts, caller, request);
      await startRun(parts, caller, `press-of-open-run-${at}`, { ...request, quote: quote.id });
    }
  };
  await Promise.all(Array.from({ length: together }, press));
  await store.close();
}
