import { useMemo } from "preact/hooks";
import type { ListedRun, NamedNode } from "#domain/console-routes";
import { browserTime } from "../../browser-time.ts";
import { Button } from "../../panel/controls/button.tsx";
import { useConsole } from "../console-context.ts";
import { Problem } from "../parts/problem.tsx";
import { useNow } from "../parts/use-now.ts";
import { useAction, useAsked } from "../use-asked.ts";
import { Results } from "./results.tsx";
import { readTimeline } from "./timeline.ts";
import { TimelineChart } from "./timeline-chart.tsx";
import { useRunEvents } from "./use-run-events.ts";

interface RunDetailsProps {
  readonly run: ListedRun;
  readonly changed: () => void;
}

/** What the nodes of a run did and gave, live while it goes on. */
export function RunDetails({ run, changed }: RunDetailsProps) {
  const { relay } = useConsole();
  const isRunning = run.state === "running";
  const told = useRunEvents(run.id, () => {
    if (isRunning) changed();
  });
  const path = { run: run.id };
  const named = useAsked(
    () => askNodes(() => relay.command("runNodes", { path, body: undefined })),
    [relay, run.id],
  );
  const nowMs = useNow(isRunning, browserTime);
  const timeline = useMemo(
    () => readTimeline(run.id, told.events, nowMs),
    [run.id, told.events, nowMs],
  );
  const stopping = useAction();
  const stop = (): void => {
    void stopping.perform(async () => {
      await relay.call("runCancel", { path, body: {} });
    });
  };
  if (told.events.length === 0 && told.problem === null) {
    return <div class="run-details" aria-busy="true" />;
  }
  const nodes = named.value ?? new Map<string, NamedNode>();
  return (
    <div class="run-details">
      <Problem sentence={told.problem ?? named.problem ?? stopping.problem} />
      {timeline.run.plan !== null && <TimelineChart timeline={timeline} nodes={nodes} />}
      <Results timeline={timeline} nodes={nodes} />
      {timeline.run.state === "running" && (
        <Button
          secondary
          loading={stopping.isBusy}
          disabled={timeline.run.isStopping}
          onClick={stop}
        >
          {timeline.run.isStopping ? "Stopping" : "Stop this run"}
        </Button>
      )}
    </div>
  );
}

async function askNodes(
  ask: () => Promise<{ readonly nodes: readonly NamedNode[] }>,
): Promise<ReadonlyMap<string, NamedNode>> {
  return new Map((await ask()).nodes.map((node) => [node.id, node]));
}
