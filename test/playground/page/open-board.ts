import type { Editor } from "../../figma/model/document.ts";
import { absoluteBox, unite, type Box } from "../../figma/model/geometry.ts";
import type { User } from "../../figma/people/user.ts";
import { createStandIn, type StandIn } from "../../figma/stand-in.ts";

/** A file that is open in the playground: the stand-in with the person whose screen this is. */
export interface OpenBoard {
  readonly title: string;
  readonly standIn: StandIn;
  readonly me: User;
  /** Stops its time and all plugins in it. */
  readonly close: () => void;
}

/** What a board begins as: empty in an editor, or a file as Figma's REST gives it. */
export interface BoardStart {
  readonly title: string;
  readonly editor: Editor;
  readonly document?: unknown;
}

/** Opens a board on the time of the day. Throws for a document that cannot be loaded. */
export function openBoard({ title, editor, document }: BoardStart): OpenBoard {
  const standIn = createStandIn({
    editor,
    fileName: title,
    startMs: Date.now(),
    ...(document === undefined ? {} : { document }),
  });
  const stopTime = standIn.clock.followRealTime();
  return {
    title,
    standIn,
    me: standIn.user,
    close: () => {
      stopTime();
      standIn.dispose();
    },
  };
}

/** The box around everything on the page that the person looks at; null for an empty page. */
export function boxOfPage({ me }: OpenBoard): Box | null {
  const layers = (me.person.page.children ?? []).filter((layer) => layer.values.visible);
  return unite(layers.map((layer) => absoluteBox(layer)));
}
