import { createPanelEnd } from "#domain/channel";
import { HeadlessPanel } from "../../figma/panel/panel.ts";
import type { PluginWindow } from "../../figma/people/plugin-window.ts";
import { createDesk } from "../boards/desk.ts";
import type { ExampleBoard } from "../boards/example-board.ts";
import { openBoard, type OpenBoard } from "./open-board.ts";
import type { PluginFiles } from "./plugin-files.ts";

/** Opens an example: the plugin draws its cards in a window that nobody sees, and is closed again. */
export async function drawExample(
  { title, editor, draw }: ExampleBoard,
  files: PluginFiles,
): Promise<OpenBoard> {
  const board = openBoard({ title, editor });
  const { standIn, me } = board;
  const opened: { window: PluginWindow | null } = { window: null };
  const end = createPanelEnd({
    post: (message) => opened.window?.post(message),
    wait: (durationMs, then) => standIn.clock.after(durationMs, then),
  });
  const panel = new HeadlessPanel((task) => standIn.clock.soon(task));
  panel.post = (message: unknown) => end.receive(message);
  const window = await standIn.runPlugin({
    ...files,
    watchesRejections: false,
    panel: () => panel,
  });
  opened.window = window;
  try {
    await draw(createDesk(me, (name, ask) => end.ask(name, ask)));
  } finally {
    window.dispose();
  }
  me.select();
  standIn.document.history.forget(me.person.id);
  return board;
}
