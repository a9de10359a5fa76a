import type { Item } from "#domain/item";
import type { Version } from "#domain/version";
import { relayOf, type ActionContext } from "./action-context.ts";

/** How files end whose type is not called like it. */
const endings: Readonly<Record<string, string>> = {
  jpeg: "jpg",
  quicktime: "mov",
  mpeg: "mp3",
  plain: "txt",
};

/** Gives a person the results of a version as files, or one of them. */
export async function saveResults(
  context: ActionContext,
  { items }: Version,
  title: string,
  only: number | null = null,
): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (only !== null && index !== only) continue;
    const number = items.length > 1 ? ` ${index + 1}` : "";
    await saveItem(context, item, fileName(title, item, number));
  }
}

async function saveItem(context: ActionContext, item: Item, name: string): Promise<void> {
  if (item.kind === "text") {
    context.page.saveFile(name, new TextEncoder().encode(item.text), "text/plain");
    return;
  }
  const { relay } = relayOf(context);
  const { hash, mediaType } = item.asset;
  const bytes = await relay.call("assetGet", { path: { hash }, body: undefined });
  context.page.saveFile(name, bytes, mediaType);
}

/** A name that every system takes: titles come from the canvas. */
function fileName(title: string, item: Item, number: string): string {
  const plain = title
    .replace(/[^\p{L}\p{N} _-]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 60);
  const mediaType = item.kind === "text" ? "text/plain" : item.asset.mediaType;
  const type = mediaType.split(/\W/)[1] ?? "";
  return `${plain === "" ? "Result" : plain}${number}.${endings[type] ?? type}`;
}
