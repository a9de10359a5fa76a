import * as z from "zod/mini";

const key = "spaces/panel-size";
const sizeSchema = z.object({ width: z.number(), height: z.number() });
/** How large a panel is, in CSS pixels. */
export type PanelSize = z.infer<typeof sizeSchema>;

/** The size of a panel that nobody has resized yet. */
const firstSize: PanelSize = { width: 360, height: 640 };

/** The size that this person left the panel at. */
export async function recallPanelSize(): Promise<PanelSize> {
  const stored: unknown = await figma.clientStorage.getAsync(key);
  return within(z.safeParse(sizeSchema, stored).data ?? firstSize);
}

/** Makes the panel as large as asked, within what can be used, and remembers it. */
export async function resizePanel(size: PanelSize): Promise<void> {
  const { width, height } = within(size);
  figma.ui.resize(width, height);
  await figma.clientStorage.setAsync(key, { width, height });
}

function within({ width, height }: PanelSize): PanelSize {
  return {
    width: Math.round(Math.min(520, Math.max(300, width))),
    height: Math.round(Math.min(1_200, Math.max(320, height))),
  };
}
