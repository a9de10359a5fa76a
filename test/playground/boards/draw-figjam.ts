import type { Point } from "../../figma/model/geometry.ts";
import type { Layer } from "../../figma/model/layer.ts";
import type { User } from "../../figma/people/user.ts";
import { fill } from "./paint.ts";

/** FigJam's colours for stickies, as its own palette has them. */
export const stickyColors = {
  yellow: "ffe066",
  blue: "a8daff",
  green: "b3efbd",
  pink: "ffa8db",
  grey: "e6e6e6",
} as const;

/** A sticky with a text and a colour. */
export function drawNote(
  user: User,
  characters: string,
  at: Point,
  color: keyof typeof stickyColors,
): Layer {
  const sticky = user.addSticky(characters, at);
  user.set(sticky, "fills", [fill(stickyColors[color])]);
  user.rename(sticky, characters.split("\n")[0] ?? "Sticky");
  return sticky;
}

/** A section with a name, white or tinted. */
export function drawSection(
  user: User,
  name: string,
  { x, y, width, height }: Point & { readonly width: number; readonly height: number },
  hex = "ffffff",
): Layer {
  const fills = [fill(hex)];
  const strokes = [fill("d9d9d9")];
  return user.draw(
    "SECTION",
    { name, width, height, fills, strokes, strokeWeight: 1, cornerRadius: 8 },
    { x, y },
  );
}

/** Puts layers into a section, where they lie. */
export function putAll(user: User, section: Layer, layers: readonly Layer[]): void {
  for (const layer of layers) user.putInto(layer, section);
}

/** A connector from the right side of a layer to the left side of another. */
export function join(user: User, from: Layer, to: Layer): Layer {
  const connector = user.drawConnector(from, to);
  user.set(connector, "connectorStart", { endpointNodeId: from.id, magnet: "RIGHT" });
  user.set(connector, "connectorEnd", { endpointNodeId: to.id, magnet: "LEFT" });
  user.set(connector, "strokeWeight", 2);
  user.set(connector, "strokes", [fill("757575")]);
  return connector;
}
