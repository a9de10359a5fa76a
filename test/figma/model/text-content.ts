/** A font as Figma names it. */
export interface FontName {
  readonly family: string;
  readonly style: string;
}

/** What a run of characters looks like; the members are those of the plugin API. */
export interface TextStyle {
  readonly fontName: FontName;
  readonly fontSize: number;
  readonly textCase: string;
  readonly textDecoration: string;
  readonly letterSpacing: unknown;
  readonly lineHeight: unknown;
  readonly leadingTrim: string;
  readonly listSpacing: number;
  readonly indentation: number;
  readonly paragraphIndent: number;
  readonly paragraphSpacing: number;
  readonly hangingPunctuation: boolean;
  readonly hangingList: boolean;
  readonly listOptions: unknown;
  readonly hyperlink: unknown;
  readonly fills: unknown;
  readonly textStyleId: string;
  readonly fillStyleId: string;
}

/** Characters with one look; lengths are UTF-16 units, as all of Figma's text indexes. */
export interface TextRun {
  readonly length: number;
  readonly style: TextStyle;
}

/** Text with its runs; an empty text keeps one run of length 0, whose look new characters take. */
export interface TextContent {
  readonly characters: string;
  readonly runs: readonly TextRun[];
}

const black = [
  {
    type: "SOLID",
    visible: true,
    opacity: 1,
    blendMode: "NORMAL",
    color: { r: 0, g: 0, b: 0 },
    boundVariables: {},
  },
];

/** The look of a new text layer in Figma Design. */
export const defaultTextStyle: TextStyle = {
  fontName: { family: "Inter", style: "Regular" },
  fontSize: 12,
  textCase: "ORIGINAL",
  textDecoration: "NONE",
  letterSpacing: { unit: "PERCENT", value: 0 },
  lineHeight: { unit: "AUTO" },
  leadingTrim: "NONE",
  listSpacing: 0,
  indentation: 0,
  paragraphIndent: 0,
  paragraphSpacing: 0,
  hangingPunctuation: false,
  hangingList: false,
  listOptions: { type: "NONE" },
  hyperlink: null,
  fills: black,
  textStyleId: "",
  fillStyleId: "",
};

/** A text of one run. */
export function createText(style: Partial<TextStyle>, characters = ""): TextContent {
  return {
    characters,
    runs: [{ length: characters.length, style: { ...defaultTextStyle, ...style } }],
  };
}

/** The same text with other characters: ranges fall away, the first run's look stays (figma-platform.md 4.7). */
export function setCharacters(text: TextContent, characters: string): TextContent {
  return { characters, runs: [{ length: characters.length, style: styleAt(text, 0) }] };
}

/** The look at an index; the last run's beyond the end. */
export function styleAt(text: TextContent, index: number): TextStyle {
  let start = 0;
  for (const run of text.runs) {
    if (index < start + run.length) return run.style;
    start += run.length;
  }
  return text.runs.at(-1)?.style ?? defaultTextStyle;
}

/** The runs of a range, cut at its ends; one empty run for an empty text. */
export function sliceRuns(text: TextContent, start: number, end: number): TextRun[] {
  if (start >= end) return [{ length: 0, style: styleAt(text, start) }];
  const runs: TextRun[] = [];
  let offset = 0;
  for (const run of text.runs) {
    const length = Math.min(end, offset + run.length) - Math.max(start, offset);
    if (length > 0) runs.push({ length, style: run.style });
    offset += run.length;
  }
  return runs;
}

/** The same text with some of the look changed in a range. */
export function styleRange(
  text: TextContent,
  start: number,
  end: number,
  change: Partial<TextStyle>,
): TextContent {
  const changed = sliceRuns(text, start, end).map(({ length, style }) => ({
    length,
    style: { ...style, ...change },
  }));
  if (text.characters.length === 0) return { ...text, runs: changed };
  return {
    ...text,
    runs: joinRuns([
      ...sliceRuns(text, 0, start),
      ...changed,
      ...sliceRuns(text, end, text.characters.length),
    ]),
  };
}

/** The same text with characters put in, in the look of a neighbour. */
export function insertCharacters(
  text: TextContent,
  index: number,
  characters: string,
  useStyle: "BEFORE" | "AFTER",
): TextContent {
  const style = styleAt(text, useStyle === "BEFORE" ? Math.max(0, index - 1) : index);
  const runs = [
    ...sliceRuns(text, 0, index),
    { length: characters.length, style },
    ...sliceRuns(text, index, text.characters.length),
  ];
  return {
    characters: text.characters.slice(0, index) + characters + text.characters.slice(index),
    runs: joinRuns(runs),
  };
}

/** The same text without a range. */
export function deleteCharacters(text: TextContent, start: number, end: number): TextContent {
  const runs = [...sliceRuns(text, 0, start), ...sliceRuns(text, end, text.characters.length)];
  return {
    characters: text.characters.slice(0, start) + text.characters.slice(end),
    runs: joinRuns(runs),
  };
}

/** The fonts in use, each once. */
export function fontsIn(runs: readonly TextRun[]): FontName[] {
  const fonts = new Map(
    runs.map(({ style }) => [`${style.fontName.family}|${style.fontName.style}`, style.fontName]),
  );
  return [...fonts.values()];
}

function joinRuns(runs: readonly TextRun[]): TextRun[] {
  const joined: TextRun[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (run.length === 0) continue;
    if (last !== undefined && JSON.stringify(last.style) === JSON.stringify(run.style))
      joined[joined.length - 1] = { length: last.length + run.length, style: last.style };
    else joined.push(run);
  }
  return joined.length > 0 ? joined : runs.slice(0, 1);
}
