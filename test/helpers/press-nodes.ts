import type { Graph } from "#domain/graph";
import type { NodeType } from "#domain/nodes/index";
import type { RelayClient } from "#domain/relay-client";
import type { RunSummary } from "#domain/relay";

/** A graph of one node whose prompt is `prompt`. */
export function graphOfOne(type: NodeType, model: string, prompt: string): Graph {
  const setting = type === "assistant" ? "instruction" : "prompt";
  const settings = { [setting]: prompt };
  return {
    nodes: [{ id: "1:1", type, title: "Node", model, settings, isLocked: false }],
    connections: [],
  };
}

/** Quotes and starts a graph under a key. */
export async function pressNodes(
  client: RelayClient,
  key: string,
  graph: Graph,
): Promise<RunSummary> {
  const request = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: false };
  const quote = await client.call("quote", { body: request });
  const body = { ...request, quote: quote.id, isConfirmed: quote.isLarge };
  return client.call("runStart", { headers: { "idempotency-key": key }, body });
}

/** Follows a run to its end and tells how it stands then. */
export async function awaitEnd(client: RelayClient, run: string): Promise<RunSummary> {
  for (let isOver = false; !isOver;) {
    for await (const { event } of client.events(run, 0)) isOver ||= event.type === "run-end";
  }
  return client.call("runGet", { path: { run }, body: undefined });
}
