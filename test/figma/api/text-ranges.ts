import { refuse } from "../errors.ts";
import { fontWeight } from "../model/font-metrics.ts";
import type { Layer } from "../model/layer.ts";
import {
  deleteCharacters,
  fontsIn,
  insertCharacters,
  sliceRuns,
  styleRange,
  type TextStyle,
} from "../model/text-content.ts";
import { requireFonts } from "./fonts.ts";
import type { Method } from "./registry.ts";
import type { Session } from "./session.ts";
import { checkStyle, commonOf, textOf, writeText } from "./text-members.ts";

/** Method suffix → the member of a run it reads or writes. */
const ranged: Readonly<Record<string, keyof TextStyle>> = {
  FontName: "fontName",
  FontSize: "fontSize",
  TextCase: "textCase",
  TextDecoration: "textDecoration",
  LetterSpacing: "letterSpacing",
  LineHeight: "lineHeight",
  Hyperlink: "hyperlink",
  Fills: "fills",
  ListOptions: "listOptions",
  Indentation: "indentation",
  ListSpacing: "listSpacing",
  ParagraphIndent: "paragraphIndent",
  ParagraphSpacing: "paragraphSpacing",
  TextStyleId: "textStyleId",
  FillStyleId: "fillStyleId",
};

/** The methods of a text that work on a range of UTF-16 units. */
export const textMethods: Readonly<Record<string, Method>> = {
  ...Object.fromEntries(
    Object.entries(ranged).flatMap(([suffix, member]) => rangeMethods(suffix, member)),
  ),
  getRangeFontWeight: (_session, layer, start: number, end: number) => {
    checkRange("getRangeFontWeight", layer, start, end);
    return fontWeight(
      (commonOf(sliceRuns(textOf(layer), start, end), "fontName") as { style: string }).style,
    );
  },
  getRangeAllFontNames: (_session, layer, start: number, end: number) => {
    checkRange("getRangeAllFontNames", layer, start, end);
    return fontsIn(sliceRuns(textOf(layer), start, end));
  },
  insertCharacters: (
    session,
    layer,
    index: number,
    characters: string,
    useStyle: "BEFORE" | "AFTER" = "BEFORE",
  ) => {
    checkRange("insertCharacters", layer, index, index, true);
    requireFonts(session, "insertCharacters", textOf(layer).runs);
    writeText(
      session.document,
      layer,
      insertCharacters(textOf(layer), index, characters, useStyle),
    );
  },
  deleteCharacters: (session, layer, start: number, end: number) => {
    checkRange("deleteCharacters", layer, start, end, true);
    requireFonts(session, "deleteCharacters", textOf(layer).runs);
    writeText(session.document, layer, deleteCharacters(textOf(layer), start, end));
  },
  getStyledTextSegments: (
    _session,
    layer,
    fields: readonly string[],
    start?: number,
    end?: number,
  ) => readSegments(layer, fields, start ?? 0, end ?? textOf(layer).characters.length),
};

function rangeMethods(suffix: string, member: keyof TextStyle): [string, Method][] {
  const getName = `getRange${suffix}`;
  const setName = `setRange${suffix}`;
  const get: Method = (_session, layer, start: number, end: number) => {
    checkRange(getName, layer, start, end);
    return commonOf(sliceRuns(textOf(layer), start, end), member);
  };
  const set: Method = (session, layer, start: number, end: number, value: unknown) => {
    checkRange(setName, layer, start, end);
    if (suffix.endsWith("StyleId")) refuseDynamic(session, setName);
    checkStyle(session, setName, { runs: sliceRuns(textOf(layer), start, end) }, member, value);
    writeText(session.document, layer, styleRange(textOf(layer), start, end, { [member]: value }));
  };
  return [
    [getName, get],
    [setName, set],
  ];
}

function refuseDynamic(session: Session, operation: string): void {
  if (session.isDynamic)
    throw refuse(
      operation,
      `Cannot call with documentAccess: dynamic-page. Use node.${operation}Async instead.`,
    );
}

function checkRange(
  operation: string,
  layer: Layer,
  start: number,
  end: number,
  mayBeEmpty = false,
): void {
  const { length } = textOf(layer).characters;
  if (start < 0 || end > length || start > end || (start === end && !mayBeEmpty))
    throw refuse(
      operation,
      `Range outside of available characters. 'start' must be less than node.characters.length and 'end' must be less than or equal to node.characters.length`,
    );
}

function readSegments(
  layer: Layer,
  fields: readonly string[],
  start: number,
  end: number,
): unknown[] {
  const segments: Record<string, unknown>[] = [];
  let offset = start;
  let lastLook = "";
  for (const { length, style } of sliceRuns(textOf(layer), start, end)) {
    const look = Object.fromEntries(fields.map((field) => [field, readField(style, field)]));
    const last = segments.at(-1);
    const text = JSON.stringify(look);
    const characters = textOf(layer).characters.slice(offset, offset + length);
    if (last !== undefined && text === lastLook) {
      last["end"] = offset + length;
      last["characters"] = String(last["characters"]) + characters;
    } else segments.push({ characters, start: offset, end: offset + length, ...look });
    lastLook = text;
    offset += length;
  }
  return segments;
}

function readField(style: TextStyle, field: string): unknown {
  if (field === "fontWeight") return fontWeight(style.fontName.style);
  if (field === "fontStyle") return style.fontName.style.endsWith("Italic") ? "ITALIC" : "REGULAR";
  if (field in style) return style[field as keyof TextStyle];
  throw refuse(
    "getStyledTextSegments",
    `Property "fields" failed validation: "${field}" is not modelled by the stand-in`,
  );
}
