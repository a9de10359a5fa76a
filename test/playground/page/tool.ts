import type { Editor } from "../../figma/model/document.ts";

/** What the pointer does on the canvas. */
export type ToolName =
  | "select"
  | "hand"
  | "sticky"
  | "text"
  | "shape"
  | "section"
  | "connector"
  | "frame"
  | "rectangle"
  | "line"
  | "arrow";

/** A tool of the bar: its name for people, its key, and its sign as an SVG path in a box of 24. */
export interface Tool {
  readonly name: ToolName;
  readonly title: string;
  /** As `KeyboardEvent.key` in lower case, "shift+" before it where it is held. */
  readonly key: string;
  readonly sign: string;
}

const tools: Readonly<Record<ToolName, Omit<Tool, "name">>> = {
  select: { title: "Move", key: "v", sign: "M6 4l13 6.5-5.6 1.9L11 18z" },
  hand: {
    title: "Hand",
    key: "h",
    sign: "M7 12V7.5a1.5 1.5 0 0 1 3 0V11M10 11V5.5a1.5 1.5 0 0 1 3 0V11M13 11V6.5a1.5 1.5 0 0 1 3 0V12M16 12V8.5a1.5 1.5 0 0 1 3 0V14a6 6 0 0 1-6 6h-1.5a5 5 0 0 1-4-2L4.8 14.2a1.4 1.4 0 0 1 2.2-1.7l1 1.2",
  },
  sticky: { title: "Sticky", key: "s", sign: "M5 5h14v9l-5 5H5zM14 19v-5h5" },
  text: { title: "Text", key: "t", sign: "M6 8V5h12v3M12 5v14M9.5 19h5" },
  shape: {
    title: "Shape",
    key: "r",
    sign: "M8 6h8a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3z",
  },
  section: { title: "Section", key: "shift+s", sign: "M4 9V5h7v4M4 9h16v10H4z" },
  connector: { title: "Connector", key: "x", sign: "M4 18h8V6h8M16.5 2.5L20 6l-3.500 3.500" },
  frame: { title: "Frame", key: "f", sign: "M8 4v16M16 4v16M4 8h16M4 16h16" },
  rectangle: { title: "Rectangle", key: "r", sign: "M5 6h14v12H5z" },
  line: { title: "Line", key: "l", sign: "M5 19L19 5" },
  arrow: { title: "Arrow", key: "shift+l", sign: "M5 19L19 5M11 5h8v8" },
};

const byEditor: Readonly<Record<Editor, readonly ToolName[]>> = {
  figjam: ["select", "hand", "sticky", "shape", "text", "section", "connector"],
  figma: ["select", "hand", "frame", "rectangle", "line", "arrow", "text"],
};

/** The tools of an editor, in the order of its bar. */
export function toolsOf(editor: Editor): Tool[] {
  return byEditor[editor].map((name) => ({ name, ...tools[name] }));
}
