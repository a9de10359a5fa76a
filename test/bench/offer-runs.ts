import { createRelayClient } from "#domain/relay-client";
import { sendTo } from "../../server/cli/send-to-relay.ts";
import { layeredGraph } from "./layered-graph.ts";
import type { Load, Offered } from "./load.ts";
import { offerRequests, type PrepareRequest } from "./offer-requests.ts";

/** Starts paid runs, each quoted before its time: what is measured is the start that holds credits. */
export function offerRuns(load: Extract<Load, { kind: "runs" }>): Promise<Offered> {
  return offerRequests(load, toRelay(load.port, load.tokens));
}

/** Quotes a run of one paid node, in a file of its own so that nothing is shared; gives its start. */
function toRelay(port: number, tokens: readonly string[]): PrepareRequest {
  const clients = tokens.map((token) => createRelayClient(sendTo(port), token));
  const { graph } = layeredGraph(1, 1, 1, () => 0);
  return async (at) => {
    const client = clients[at % clients.length];
    if (!client) throw new Error("Nobody is there to press Run.");
    const request = {
      file: `file-${at}`,
      graph,
      target: { mode: "all" as const },
      isAgain: false,
    };
    const quote = await client.call("quote", { body: request });
    return async () => {
      const headers = { "idempotency-key": `press-of-bench-${String(at).padStart(8, "0")}` };
      await client.call("runStart", { headers, body: { ...request, quote: quote.id } });
    };
  };
}
