import { refuse, SimUnsupported } from "../errors.ts";
import { setSize } from "../model/auto-layout.ts";
import { reflow } from "../model/edit.ts";
import { fontWeight } from "../model/font-metrics.ts";
import type { FigmaDocument } from "../model/document.ts";
import type { Layer } from "../model/layer.ts";
import {
  fontsIn,
  setCharacters,
  styleRange,
  type FontName,
  type TextContent,
  type TextStyle,
} from "../model/text-content.ts";
import { measureText } from "../model/text-layout.ts";
import { hasFont, requireFont, requireFonts } from "./fonts.ts";
import type { Getter, Setter } from "./registry.ts";
import type { Session } from "./session.ts";
import { mixed } from "./values.ts";

/** Members of a text that each run has for itself. */
const runMembers: readonly (keyof TextStyle)[] = [
  "fontName",
  "fontSize",
  "textCase",
  "textDecoration",
  "letterSpacing",
  "lineHeight",
  "leadingTrim",
  "listSpacing",
  "paragraphIndent",
  "paragraphSpacing",
  "hangingPunctuation",
  "hangingList",
  "hyperlink",
  "fills",
  "textStyleId",
  "fillStyleId",
];

/** Fills and links change no layout and need no font (figma-platform.md 4.7). */
const needsNoFont: ReadonlySet<string> = new Set(["fills", "fillStyleId", "hyperlink"]);

/** The text of a layer, whatever kind of layer it is. */
export function textOf(layer: Layer): TextContent {
  return layer.values["textText"] as TextContent;
}

/** What a range has in common in one member, or `figma.mixed`. */
export function commonOf(runs: TextContent["runs"], member: keyof TextStyle): unknown {
  const texts = new Set(runs.map(({ style }) => JSON.stringify(style[member])));
  return texts.size === 1 ? runs[0]?.style[member] : mixed;
}

/** What plugins read of a text: of a text layer itself, or of the text in a sticky, shape or connector. */
export const textGetters: Readonly<Record<string, Getter>> = {
  ...Object.fromEntries(
    runMembers.map((member): [string, Getter] => [
      member,
      (_session, layer) => commonOf(textOf(layer).runs, member),
    ]),
  ),
  characters: (_session, layer) => textOf(layer).characters,
  fontWeight: (_session, layer) => {
    const weights = new Set(
      textOf(layer).runs.map(({ style }) => fontWeight(style.fontName.style)),
    );
    return weights.size === 1 ? [...weights][0] : mixed;
  },
  hasMissingFont: (_session, layer) =>
    fontsIn(textOf(layer).runs).some((font) => font.family !== "" && !hasFont(font)),
};

/** What plugins assign of a text. */
export const textSetters: Readonly<Record<string, Setter>> = {
  ...Object.fromEntries(
    runMembers.map((member): [string, Setter] => [member, styleSetter(member)]),
  ),
  characters: (session, layer, characters: string) => {
    requireFonts(session, "set_characters", textOf(layer).runs);
    writeText(session.document, layer, setCharacters(textOf(layer), characters));
  },
};

function styleSetter(member: keyof TextStyle): Setter {
  return (session, layer, value: unknown) => {
    const text = textOf(layer);
    if (value === mixed)
      throw refuse(`set_${member}`, `Property "${member}" failed validation: Cannot unwrap symbol`);
    if (member.endsWith("StyleId") && session.isDynamic)
      throw refuse(
        `set_${member}`,
        `Cannot call with documentAccess: dynamic-page. Use node.set${member.charAt(0).toUpperCase()}${member.slice(1)}Async instead.`,
      );
    checkStyle(session, `set_${member}`, text, member, value);
    writeText(
      session.document,
      layer,
      styleRange(text, 0, text.characters.length, { [member]: value }),
    );
  };
}

/** Refuses sizes below 1 and looks whose fonts are not loaded. */
export function checkStyle(
  session: Session,
  operation: string,
  text: Pick<TextContent, "runs">,
  member: string,
  value: unknown,
): void {
  if (member === "fontSize" && (value as number) < 1)
    throw refuse(
      operation,
      `Property "fontSize" failed validation: Number must be greater than or equal to 1`,
    );
  if (member === "fontName") {
    if ((value as Partial<FontName>).style === undefined)
      throw new SimUnsupported("FontNameInput without style");
    requireFont(session, operation, value as FontName);
  } else if (!needsNoFont.has(member)) requireFonts(session, operation, text.runs);
}

/** Stores a text; its layer takes the new size, a text layer the new name. */
export function writeText(document: FigmaDocument, layer: Layer, text: TextContent): void {
  document.write(layer, "textText", text);
  if (layer.type === "TEXT" && layer.values["autoRename"] === true && text.characters !== "")
    document.write(layer, "name", text.characters.slice(0, 80).replaceAll("\n", " "));
  fitText(document, layer);
}

/** Sizes a text layer by its textAutoResize; a sticky grows in height (figma-platform.md 6.1). */
export function fitText(document: FigmaDocument, layer: Layer): void {
  const text = textOf(layer);
  if (layer.type === "STICKY") {
    const { height } = measureText(text, layer.values.width - 48);
    setSize(document, layer, { height: Math.max(240, height + 80) });
  }
  if (layer.type === "TEXT" && layer.values["textAutoResize"] === "WIDTH_AND_HEIGHT")
    takeSize(document, layer, measureText(text, null, layer.values));
  if (layer.type === "TEXT" && layer.values["textAutoResize"] === "HEIGHT")
    setSize(document, layer, {
      height: measureText(text, layer.values.width, layer.values).height,
    });
  if (layer.parent !== null) reflow(document, layer.parent);
}

/** Not setSize: a text that hugs its width must not start to wrap in it. */
function takeSize(
  document: FigmaDocument,
  layer: Layer,
  size: { width: number; height: number },
): void {
  if (size.width !== layer.values.width) document.write(layer, "width", size.width);
  if (size.height !== layer.values.height) document.write(layer, "height", size.height);
}
