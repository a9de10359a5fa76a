import type { NodeTabView, RunView } from "../panel-view.ts";
import { LayersSelected } from "./selection/layers-selected.tsx";
import { LineSelected } from "./selection/line-selected.tsx";
import { NodeForm } from "./node/node-form.tsx";
import { NothingSelected } from "./selection/nothing-selected.tsx";
import { SeveralSelected } from "./selection/several-selected.tsx";

interface NodeTabProps {
  readonly view: NodeTabView;
  readonly runs: readonly RunView[];
}

/** What the selection on the canvas is to us. A node's form is made anew for each node. */
export function NodeTab({ view, runs }: NodeTabProps) {
  switch (view.kind) {
    case "nothing":
      return <NothingSelected view={view} />;
    case "layers":
      return <LayersSelected view={view} />;
    case "line":
      return <LineSelected key={view.layer} view={view} />;
    case "several":
      return <SeveralSelected view={view} />;
    case "node":
      return (
        <NodeForm
          key={view.node.id}
          node={view.node}
          activeRun={runs.find((run) => run.id === view.node.activeRun) ?? null}
        />
      );
  }
}
