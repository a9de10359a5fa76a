import fc from "fast-check";
import { pageOf, type Layer } from "../figma/model/layer.ts";
import type { User } from "../figma/people/user.ts";
import type { StandIn } from "../figma/stand-in.ts";

const kinds = [
  "draw",
  "arrow",
  "connect",
  "move",
  "resize",
  "rename",
  "hide",
  "type",
  "nest",
  "duplicate",
  "delete",
  "group",
  "remember",
  "undo",
  "redo",
  "wait",
] as const;

/** Something that a person does: to which layers (counted round what is there), and where. */
export interface Edit {
  readonly kind: (typeof kinds)[number];
  readonly isRemote: boolean;
  readonly one: number;
  readonly other: number;
  readonly x: number;
  readonly y: number;
}

const place = fc.integer({ min: -2_000, max: 2_000 });

/** Things that people do, one after the other. */
export const arbitraryEdits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    isRemote: fc.boolean(),
    one: fc.nat(60),
    other: fc.nat(60),
    x: place,
    y: place,
  }),
  { minLength: 6, maxLength: 24 },
);

const holders = ["FRAME", "SECTION", "GROUP", "PAGE"];

/** A board to begin with: things in frames, in a group, in a frame that fits itself, and lines. */
export function drawBoard({ user, document }: StandIn): void {
  const size = { width: 120, height: 80 };
  const isFigjam = document.editor === "figjam";
  const section = user.draw("SECTION", { width: 900, height: 900 }, { x: 500, y: 0 });
  const frame = user.draw("FRAME", { width: 400, height: 300 }, { x: 600, y: 50 });
  const list = user.draw(
    "FRAME",
    { width: 400, height: 300, layoutMode: "VERTICAL", itemSpacing: 8 },
    { x: 0, y: 1_200 },
  );
  const inFrame = user.draw("RECTANGLE", size, { x: 620, y: 70 });
  const text = user.draw("TEXT", {}, { x: 640, y: 200 });
  const rows = [1, 2, 3].map((at) => user.draw("RECTANGLE", size, { x: 0, y: 1_200 + at * 90 }));
  const group = user.group(
    user.draw("RECTANGLE", size),
    user.draw("RECTANGLE", size, { x: 300, y: 0 }),
  );
  user.type(text, "A fox");
  for (const layer of [inFrame, text]) user.putInto(layer, frame);
  user.putInto(frame, section);
  for (const row of rows) user.putInto(row, list);
  user.drawArrow({ x: 130, y: 40 }, { x: 290, y: 40 });
  if (isFigjam) {
    user.drawConnector(inFrame, list, "prompt");
    user.drawConnector(group, { x: 2_000, y: 2_000 });
    user.putInto(user.drawConnector({ x: 700, y: 100 }, { x: 800, y: 120 }), section);
  }
}

/** Does one thing as one of two people; what cannot be done to these layers is let be. */
export async function makeEdit(standIn: StandIn, edit: Edit): Promise<void> {
  const user = edit.isRemote ? standIn.remote("Ana") : standIn.user;
  if (edit.kind === "wait") return standIn.clock.advance(600);
  try {
    change(standIn, user, edit);
  } catch (error) {
    // The stand-in refuses what Figma would: a section in a frame, a layer inside itself.
    if (!(error instanceof Error)) throw error;
  }
}

function change(standIn: StandIn, user: User, { kind, one, other, x, y }: Edit): void {
  const page = user.person.page;
  const layers = [...standIn.document.layers.values()].filter((layer) => {
    return layer !== page && pageOf(layer) === page && layer.type !== "TABLE_CELL";
  });
  const pick = (at: number): Layer => layers[at % layers.length]!;
  if (kind === "undo") user.undo();
  if (kind === "redo") user.redo();
  if (kind === "arrow") user.drawArrow({ x, y }, { x: x + 300, y: y + 40 });
  if (kind === "draw" || layers.length === 0) drawSomething(standIn, user, one, { x, y });
  else {
    const layer = pick(one);
    if (kind === "connect" && standIn.document.editor === "figjam")
      user.drawConnector(layer, pick(other), one % 2 === 0 ? "prompt" : "");
    if (kind === "move") user.move(layer, x, y);
    if (kind === "resize") user.resize(layer, 20 + one * 7, 20 + other * 5);
    if (kind === "rename") user.rename(layer, `Layer ${x}`);
    if (kind === "hide") user.set(layer, "visible", !layer.values.visible);
    if (kind === "type" && ["TEXT", "STICKY"].includes(layer.type)) user.type(layer, `Words ${x}`);
    if (kind === "nest" && holders.includes(pick(other).type)) nest(user, layer, pick(other));
    if (kind === "duplicate") user.duplicate(layer);
    if (kind === "delete") user.delete(layer);
    if (kind === "group") user.group(layer);
    if (kind === "remember") remember(standIn, user, layer, `{"v":1,"x":${x}}`);
  }
}

function nest(user: User, layer: Layer, holder: Layer): void {
  for (let at: Layer | null = holder; at; at = at.parent) if (at === layer) return;
  if (layer.type === "SECTION" && holder.type !== "SECTION") return;
  user.putInto(layer, holder);
}

function drawSomething(
  standIn: StandIn,
  user: User,
  at: number,
  place: { readonly x: number; readonly y: number },
): void {
  const size = { width: 120, height: 80 };
  const isFigjam = standIn.document.editor === "figjam";
  const types = ["FRAME", "RECTANGLE", "TEXT", "SECTION", isFigjam ? "STICKY" : "ELLIPSE"];
  const type = types[at % types.length]!;
  if (type === "STICKY") user.addSticky("A fox", place);
  else user.draw(type, type === "TEXT" ? {} : size, place);
}

function remember({ document }: StandIn, user: User, layer: Layer, value: string): void {
  document.as(user.person.author, () => {
    document.writeData(layer, "shared|spaces|node", value);
  });
}
