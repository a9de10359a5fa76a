import type { PanelView } from "../panel-view.ts";

/**
 * Says how the chosen node stands to a screen reader, once for each change: progress is left out,
 * or it would be read out at every percent.
 */
export function Announcer({ view }: { readonly view: PanelView }) {
  const tab = view.node;
  const status = tab.kind === "node" ? tab.node.status : null;
  const words = status?.kind === "running" ? "Running" : (status?.text ?? "");
  return (
    <div class="unseen" role="status" aria-label="Node">
      {tab.kind === "node" && words !== "" ? `${tab.node.title}: ${words}` : ""}
    </div>
  );
}
