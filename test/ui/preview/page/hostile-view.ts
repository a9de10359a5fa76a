import type { PanelView } from "../../../../ui/panel-view.ts";

/** A view in which every text that people or relays may choose is replaced. */
export function withWords<View extends PanelView>(view: View, words: string): View {
  return replaceTexts(view, words, "") as View;
}

/** Keys whose values are names that the code knows, not words to be shown. */
const ownKeys = new Set(
  [
    "kind",
    "type",
    "control",
    "mode",
    "state",
    "outcome",
    "action",
    "reason",
    "url",
    "value",
  ].concat(
    ["mediaType", "hash", "editor", "placement", "connection", "accepts", "actions", "key", "id"],
    ["node", "layer", "activeRun"],
  ),
);

function replaceTexts(value: unknown, words: string, key: string): unknown {
  if (typeof value === "string") return ownKeys.has(key) ? value : words;
  if (Array.isArray(value)) return value.map((each) => replaceTexts(each, words, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, replaceTexts(each, words, name)]),
  );
}
