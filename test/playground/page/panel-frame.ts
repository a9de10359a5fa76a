import * as z from "zod/mini";

const messageSchema = z.object({ panelHtml: z.string() });

/**
 * The document that a panel is written into. The page around it has a strict policy, which a data: or
 * blob: frame would inherit; this one has none but the manifest's, which stands in the html itself.
 */
addEventListener("message", (event: MessageEvent<unknown>) => {
  const message = messageSchema.safeParse(event.data);
  if (event.source !== parent || !message.success) return;
  document.open();
  // The html must be parsed as a page is: with its policy, and its scripts in their order.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.write(message.data.panelHtml);
  document.close();
});
parent.postMessage({ isPanelFrameReady: true }, "*");
