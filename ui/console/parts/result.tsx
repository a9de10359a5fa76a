import { portTypeOf, type Asset } from "#domain/asset";
import type { Item } from "#domain/item";
import { Icon } from "../../panel/controls/icon.tsx";
import { formatLength } from "../words.ts";
import { Picture } from "./picture.tsx";

/** A result in small: a picture, the beginning of a text, or what else it is; `title` is its node's. */
export function Result({ item, title }: { readonly item: Item; readonly title: string }) {
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
