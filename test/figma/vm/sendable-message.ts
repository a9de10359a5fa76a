import { Handle, PluginFunction } from "../api/values.ts";
import { refuse } from "../errors.ts";
import { Layer } from "../model/layer.ts";

/**
 * What arrives of a message sent to the panel: JSON values, dates and bytes. Functions are left out
 * (typings, postMessage); buffers other than Uint8Array cannot be sent (figma-platform.md 3.2).
 */
export function sendableMessage(value: unknown): unknown {
  if (typeof value === "symbol") throw refuse("postMessage", "Cannot unwrap symbol");
  if (value instanceof PluginFunction) return undefined;
  if (value instanceof Layer || value instanceof Handle) return { id: value.id };
  if (value instanceof Uint8Array || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => sendableMessage(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !(item instanceof PluginFunction))
      .map(([key, item]) => [key, sendableMessage(item)]),
  );
}
