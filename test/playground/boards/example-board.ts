import type { Editor } from "../../figma/model/document.ts";
import type { Desk } from "./desk.ts";

/** A board to begin with: drawn by a person with the plugin, in an empty file of its editor. */
export interface ExampleBoard {
  readonly id: string;
  readonly title: string;
  readonly editor: Editor;
  readonly draw: (desk: Desk) => Promise<void>;
}
