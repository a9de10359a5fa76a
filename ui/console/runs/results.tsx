import type { NamedNode } from "#domain/console-routes";
import { ownValue } from "#domain/own-value";
import { Result } from "../parts/result.tsx";
import type { Timeline } from "./timeline.ts";

interface ResultsProps {
  readonly timeline: Timeline;
  readonly nodes: ReadonlyMap<string, NamedNode>;
}

/** More than these are counted. */
const mostShown = 24;

/** What the nodes of a run gave, in the order of its plan; what was there before is left out. */
export function Results({ timeline: { run, rows }, nodes }: ResultsProps) {
  const results = rows.flatMap(({ node }) => {
    const step = ownValue(run.steps, node);
    if (step?.version == null || step.state === "reused") return [];
    const title = nodes.get(node)?.title ?? node;
    return step.version.items.map((item, at) => ({ key: `${node} ${at}`, title, item }));
  });
  if (results.length === 0) return null;
  const more = results.length - mostShown;
  return (
    <ul class="results" aria-label="Results">
      {results.slice(0, mostShown).map(({ key, title, item }) => (
        <li key={key}>
          <Result item={item} title={title} />
        </li>
      ))}
      {more > 0 && <li class="quiet">and {more} more</li>}
    </ul>
  );
}
