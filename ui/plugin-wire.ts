import * as z from "zod/mini";
import { createPanelEnd, type PanelEnd } from "#domain/channel";
import type { Time } from "./background/background.ts";

/** How Figma wraps what the main thread posts (plugin documentation, "Creating a user interface"). */
const wrapperSchema = z.object({ pluginMessage: z.unknown() });

/** The panel's end of the channel to the main thread: the only place that posts messages. */
export function openPluginWire(panel: Window, time: Time): PanelEnd {
  const end = createPanelEnd({
    // The panel's origin is "null", so that no narrower target can be named than any.
    post: (message) => panel.parent.postMessage({ pluginMessage: message }, "*"),
    wait: time.wait,
  });
  panel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const wrapper = z.safeParse(wrapperSchema, data);
    if (wrapper.success) end.receive(wrapper.data.pluginMessage);
  });
  return end;
}
