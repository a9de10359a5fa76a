import * as z from "zod/mini";
import { routes } from "#domain/relay";
import { layeredGraph } from "./layered-graph.ts";
import type { Load, Offered } from "./load.ts";
import { offerRequests, type PrepareRequest } from "./offer-requests.ts";
import { postByPool } from "./post-by-pool.ts";

/** Starts paid runs, each quoted before its time: what is measured is the start that holds credits. */
export function offerRuns(load: Extract<Load, { kind: "runs" }>): Promise<Offered> {
  return offerRequests(load, toRelay(load.port, load.tokens));
}

const quoteSchema = z.object({ id: z.string() });

/** Quotes a run of one paid node, in a file of its own so that nothing is shared; gives its start. */
function toRelay(port: number, tokens: readonly string[]): PrepareRequest {
  const post = postByPool(port);
  const { graph } = layeredGraph(1, 1, 1, () => 0);
  return async (at) => {
    const authorization = `Bearer ${tokens[at % tokens.length] ?? ""}`;
    const request = { file: `file-${at}`, graph, target: { mode: "all" }, isAgain: false };
    const quoted = await post(routes.quote.path, { authorization }, JSON.stringify(request));
    const { id: quote } = quoteSchema.parse(JSON.parse(quoted));
    const key = `press-of-bench-${String(at).padStart(8, "0")}`;
    const body = JSON.stringify({ ...request, quote });
    return async () => {
      await post(routes.runStart.path, { authorization, "idempotency-key": key }, body);
    };
  };
}
