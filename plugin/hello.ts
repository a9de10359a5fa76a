import type { AnswerOf } from "#domain/channel";
import { makeWellFormed } from "#domain/well-formed";
import { readDocumentRecord } from "./canvas/read/read-records.ts";
import { readSelection } from "./canvas/read/told-layer.ts";
import { recallPanelSize } from "./panel-size.ts";
import type { StartCommand } from "./start-command.ts";

/** What the panel has to know first. Its file key is there in private plugins only. */
export async function sayHello(command: StartCommand | null): Promise<AnswerOf<"hello">> {
  const { currentPage: page, currentUser: user, root } = figma;
  return {
    editor: figma.editorType === "figjam" ? "figjam" : "figma",
    page: { id: page.id, name: makeWellFormed(page.name) },
    selection: readSelection(),
    user: { id: user?.id ?? null, name: makeWellFormed(user?.name ?? "Somebody") },
    document: {
      name: makeWellFormed(root.name),
      fileKey: figma.fileKey ?? null,
      record: readDocumentRecord(),
    },
    command,
    panel: await recallPanelSize(),
  };
}
