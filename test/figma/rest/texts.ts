import { fontWeight } from "../model/font-metrics.ts";
import {
  createText,
  defaultTextStyle,
  type TextContent,
  type TextRun,
  type TextStyle,
} from "../model/text-content.ts";
import { paintToPlugin, paintToRest } from "./paints.ts";

type Plain = Readonly<Record<string, unknown>>;

/** A REST layer's characters, style and overrides as runs. */
export function readText(layer: Plain): TextContent {
  const characters = textOr(layer["characters"], "");
  const style = layer["style"] as Plain | undefined;
  const base: TextStyle = {
    ...(style === undefined
      ? { ...defaultTextStyle, fontName: { family: "Inter", style: "Medium" }, fontSize: 16 }
      : readStyle(style, defaultTextStyle)),
    ...(style === undefined || layer["fills"] === undefined
      ? {}
      : { fills: (layer["fills"] as Plain[]).map(paintToPlugin) }),
  };
  const overrides = (layer["characterStyleOverrides"] as readonly number[] | undefined) ?? [];
  if (!overrides.some((id) => id !== 0)) return createText(base, characters);
  const table = (layer["styleOverrideTable"] as Readonly<Record<string, Plain>> | undefined) ?? {};
  const runs: TextRun[] = [];
  for (let start = 0; start < characters.length;) {
    const id = overrides[start] ?? 0;
    let end = start;
    while (end < characters.length && (overrides[end] ?? 0) === id) end += 1;
    runs.push({
      length: end - start,
      style: id === 0 ? base : readStyle(table[String(id)] ?? {}, base),
    });
    start = end;
  }
  return { characters, runs };
}

function readStyle(style: Plain, base: TextStyle): TextStyle {
  const {
    fontFamily,
    fontSize,
    letterSpacing,
    textCase,
    textDecoration,
    hyperlink,
    fills,
    paragraphSpacing,
    paragraphIndent,
  } = style;
  const hasFont =
    fontFamily !== undefined ||
    style["fontPostScriptName"] !== undefined ||
    style["fontWeight"] !== undefined;
  return {
    ...base,
    ...(hasFont
      ? {
          fontName: {
            family: textOr(fontFamily, base.fontName.family),
            style: styleNameOf(style),
          },
        }
      : {}),
    ...(fontSize === undefined ? {} : { fontSize: Number(fontSize) }),
    ...(letterSpacing === undefined
      ? {}
      : { letterSpacing: { unit: "PIXELS", value: Number(letterSpacing) } }),
    ...(textCase === undefined ? {} : { textCase: textOr(textCase, "ORIGINAL") }),
    ...(textDecoration === undefined ? {} : { textDecoration: textOr(textDecoration, "NONE") }),
    ...(hyperlink === undefined ? {} : { hyperlink: readLink(hyperlink as Plain) }),
    ...(fills === undefined ? {} : { fills: (fills as Plain[]).map(paintToPlugin) }),
    ...(paragraphSpacing === undefined ? {} : { paragraphSpacing: Number(paragraphSpacing) }),
    ...(paragraphIndent === undefined ? {} : { paragraphIndent: Number(paragraphIndent) }),
    ...(style["lineHeightUnit"] === "PIXELS"
      ? { lineHeight: { unit: "PIXELS", value: Number(style["lineHeightPx"]) } }
      : {}),
  };
}

function readLink(link: Plain): unknown {
  return link["type"] === "NODE"
    ? { type: "NODE", value: link["nodeID"] }
    : { type: "URL", value: link["url"] };
}

/** "Roboto-SemiBoldItalic" or weight 600 and italic → "Semi Bold Italic". */
function styleNameOf(style: Plain): string {
  const postScript = style["fontPostScriptName"];
  const suffix = typeof postScript === "string" ? postScript.split("-")[1] : undefined;
  if (suffix !== undefined) return suffix.replaceAll(/([a-z])([A-Z])/g, "$1 $2");
  const names: Readonly<Record<number, string>> = {
    100: "Thin",
    200: "Extra Light",
    300: "Light",
    400: "Regular",
    500: "Medium",
    600: "Semi Bold",
    700: "Bold",
    800: "Extra Bold",
    900: "Black",
  };
  const name = names[Number(style["fontWeight"] ?? 400)] ?? "Regular";
  return style["italic"] === true ? `${name} Italic`.replace("Regular ", "") : name;
}

/** Runs as REST tells them: the first run's look is the layer's, the others are overrides. */
export function writeTextStyle(text: TextContent): Record<string, unknown> {
  const base = text.runs[0]?.style ?? defaultTextStyle;
  const table: Record<string, unknown> = {};
  const overrides: number[] = [];
  for (const run of text.runs) {
    const isBase = run.style === base || JSON.stringify(run.style) === JSON.stringify(base);
    const id = isBase ? 0 : Object.keys(table).length + 2;
    if (!isBase)
      table[String(id)] = {
        ...writeStyle(run.style),
        fills: (run.style.fills as Plain[]).map(paintToRest),
      };
    overrides.push(...Array.from({ length: run.length }, () => id));
  }
  return {
    style: writeStyle(base),
    characterStyleOverrides: Object.keys(table).length === 0 ? [] : overrides,
    styleOverrideTable: table,
  };
}

function writeStyle(style: TextStyle): Record<string, unknown> {
  const spacing = style.letterSpacing as { unit: string; value: number };
  const link = style.hyperlink as { type: string; value: string } | null;
  return {
    fontFamily: style.fontName.family,
    fontWeight: fontWeight(style.fontName.style),
    fontSize: style.fontSize,
    letterSpacing:
      spacing.unit === "PIXELS" ? spacing.value : (spacing.value / 100) * style.fontSize,
    ...(style.textCase === "ORIGINAL" ? {} : { textCase: style.textCase }),
    ...(style.textDecoration === "NONE" ? {} : { textDecoration: style.textDecoration }),
    ...(link === null
      ? {}
      : {
          hyperlink:
            link.type === "NODE"
              ? { type: "NODE", nodeID: link.value }
              : { type: "URL", url: link.value },
        }),
  };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
