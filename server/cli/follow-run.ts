import type { Graph } from "#domain/graph";
import { costSentence, formatCost } from "#domain/cost";
import { queueText } from "#domain/queue-position";
import type { RelayClient } from "#domain/relay-client";
import { applyEvent, newRun, withoutRoomText, type Run } from "#domain/run";
import type { RunEvent } from "#domain/run-event";

/** A followed run that has ended, and the nodes that failed. */
export type FollowedRun = Run & { readonly failedNodes: readonly string[] };

/** Follows a run to its end, also when the stream breaks, and prints a line for what happens. */
export async function followRun(
  client: RelayClient,
  id: string,
  graph: Graph,
  print: (line: string) => void,
): Promise<FollowedRun> {
  let run = newRun(id);
  const failedNodes: string[] = [];
  // A stream that ends early is taken up behind its last event; a relay that is gone throws.
  while (run.state === "running") {
    for await (const numbered of client.events(id, run.lastEvent)) {
      run = applyEvent(run, numbered);
      if (numbered.event.type === "node-failure") failedNodes.push(numbered.event.node);
      const line = lineOf(numbered.event, graph);
      if (line !== null) print(line);
    }
  }
  return { ...run, failedNodes };
}

function lineOf(event: RunEvent, graph: Graph): string | null {
  const name = (id: string) => graph.nodes.find((node) => node.id === id)?.title ?? id;
  switch (event.type) {
    case "node-start":
      return `${name(event.node)}: started${event.calls > 1 ? `, ${event.calls} calls` : ""}`;
    case "node-progress":
      return event.done === null ? null : `${name(event.node)}: ${Math.round(event.done * 100)} %`;
    case "node-queued":
      return event.position === 0 ? null : `${name(event.node)}: ${queueText(event.position)}`;
    case "node-no-room":
      return event.isWaiting ? `${name(event.node)}: ${withoutRoomText}` : null;
    case "node-end":
      return `${name(event.node)}: done, ${event.version.items.length} result${event.version.items.length === 1 ? "" : "s"}, ${formatCost(event.version, event.version.priceBasis)}${event.version.notes.map((note) => `\n  ${note}`).join("")}`;
    case "node-reused":
      return `${name(event.node)}: reused, nothing it depends on has changed`;
    case "node-failure":
      return `${name(event.node)}: failed. ${event.failure.message} ${costSentence(event, event.priceBasis)}`;
    case "node-skipped":
      return event.because === null
        ? `${name(event.node)}: stopped`
        : `${name(event.node)}: waiting for ${name(event.because)}, which failed`;
    case "run-cancel":
      return "Stopping.";
    case "run-start":
    case "run-end":
      return null;
  }
}
