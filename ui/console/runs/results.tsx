import type { NamedNode } from "#domain/console-routes";
import { portTypeOf, type Asset } from "#domain/asset";
import type { Item } from "#domain/item";
import { ownValue } from "#domain/own-value";
import { Icon } from "../../panel/controls/icon.tsx";
import { Picture } from "../parts/picture.tsx";
import { formatLength } from "../words.ts";
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

function Result({ item, title }: { readonly item: Item; readonly title: string }) {
  if (item.kind === "text") return <p class="result-text">{item.text.slice(0, 400)}</p>;
  if (portTypeOf(item.asset) === "image") {
    return <Picture hash={item.asset.hash} words={`A result of ${title}`} />;
  }
  return (
    <span class="result-other">
      <Icon name={portTypeOf(item.asset) === "video" ? "video-generator" : "audio-generator"} />
      {describe(item.asset)}
    </span>
  );
}

function describe(asset: Asset): string {
  const length = asset.durationMs === null ? "" : `, ${formatLength(asset.durationMs)}`;
  return `${portTypeOf(asset) === "video" ? "Video" : "Sound"}${length}`;
}
