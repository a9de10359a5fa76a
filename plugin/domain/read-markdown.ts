/** How a stretch of a text looks; `from` and `to` count UTF-16 units of the text without marks. */
export interface Look {
  readonly from: number;
  readonly to: number;
  readonly kind: "bold" | "italic" | "strike" | "code" | "quote";
}

/** A stretch that is a heading: 1 is the largest, 3 the smallest that is told apart. */
export interface Heading {
  readonly from: number;
  readonly to: number;
  readonly level: 1 | 2 | 3;
}

/** A line of a list; `depth` counts from 1 on, 5 at most. */
export interface ListLine {
  readonly from: number;
  readonly to: number;
  readonly isOrdered: boolean;
  readonly depth: number;
}

/** A stretch that leads to a web address. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly url: string;
}

/** A text with its marks taken out, and what they said. */
export interface ReadMarkdown {
  readonly text: string;
  readonly looks: readonly Look[];
  readonly headings: readonly Heading[];
  readonly lists: readonly ListLine[];
  readonly links: readonly Link[];
}

/** Marks that are farther apart are none: it keeps the reading quick whatever a text holds. */
const longestSpan = 2_000;

interface Reading {
  text: string;
  readonly looks: Look[];
  readonly headings: Heading[];
  readonly lists: ListLine[];
  readonly links: Link[];
}

/**
 * Reads the Markdown that models write: headings, lists, quotes, code, bold, italic, struck out and
 * links. What is no mark stays as it is, tables included; nothing is ever lost but marks.
 */
export function readMarkdown(markdown: string): ReadMarkdown {
  const reading: Reading = { text: "", looks: [], headings: [], lists: [], links: [] };
  let isCode = false;
  let isFirst = true;
  for (const line of markdown.split("\n")) {
    if (/^\s*(```|~~~)/.test(line)) {
      isCode = !isCode;
      continue;
    }
    if (!isFirst) reading.text += "\n";
    isFirst = false;
    if (isCode) addLook(reading, "code", () => (reading.text += line));
    else readLine(reading, line);
  }
  return reading;
}

function readLine(reading: Reading, line: string): void {
  const from = reading.text.length;
  const heading = /^ {0,3}(#{1,6}) +(?=\S)/.exec(line);
  if (heading) {
    readWords(reading, line.slice(heading[0].length).replace(/ +#+ *$/, ""));
    const level = Math.min(heading[1]?.length ?? 1, 3) as Heading["level"];
    if (reading.text.length > from) reading.headings.push({ from, to: reading.text.length, level });
    return;
  }
  const item = /^(\s{0,40})(?:[-*+]|(\d{1,9})[.)]) +(?=\S)/.exec(line);
  if (item) {
    readWords(reading, line.slice(item[0].length));
    const indent = (item[1] ?? "").replace(/\t/g, "  ").length;
    const depth = Math.min(1 + Math.floor(indent / 2), 5);
    const isOrdered = item[2] !== undefined;
    reading.lists.push({ from, to: reading.text.length, isOrdered, depth });
    return;
  }
  const quote = /^ {0,3}> ?/.exec(line);
  if (!quote) readWords(reading, line);
  else
    addLook(reading, "quote", () => {
      readWords(reading, line.slice(quote[0].length));
    });
}

/** Marks around words, with what they say; the longer ones come first. */
const marks = [
  ["**", "bold"],
  ["__", "bold"],
  ["~~", "strike"],
  ["`", "code"],
  ["*", "italic"],
  ["_", "italic"],
] as const;

function readWords(reading: Reading, words: string, depth = 0): void {
  let at = 0;
  let plainFrom = 0;
  const takePlain = () => {
    reading.text += words.slice(plainFrom, at);
  };
  while (at < words.length) {
    const span = depth < 4 ? (linkAt(words, at) ?? markAt(words, at)) : null;
    if (!span) {
      // A mark in front of a backslash is meant as it is written.
      const isEscaped = words[at] === "\\" && /[\\`*_~[\]#>-]/.test(words[at + 1] ?? "");
      if (isEscaped) {
        takePlain();
        plainFrom = at + 1;
        at += 1;
      }
      at += 1;
      continue;
    }
    takePlain();
    const from = reading.text.length;
    if (span.kind === "code") addLook(reading, "code", () => (reading.text += span.inside));
    else if (span.kind === "link") {
      readWords(reading, span.inside, depth + 1);
      if (reading.text.length > from)
        reading.links.push({ from, to: reading.text.length, url: span.url });
    } else {
      addLook(reading, span.kind, () => {
        readWords(reading, span.inside, depth + 1);
      });
    }
    at = span.end;
    plainFrom = at;
  }
  takePlain();
}

type Span =
  | { readonly kind: Look["kind"]; readonly inside: string; readonly end: number }
  | { readonly kind: "link"; readonly inside: string; readonly url: string; readonly end: number };

function markAt(words: string, at: number): Span | null {
  for (const [mark, kind] of marks) {
    if (!words.startsWith(mark, at)) continue;
    const start = at + mark.length;
    const end = closingAt(words, mark, start);
    // An underscore within a word is part of a name, and a mark beside a space is a sign of its own.
    const isName = mark.startsWith("_") && /[\p{L}\p{N}]/u.test(words[at - 1] ?? "");
    if (end === null || isName) return null;
    return { kind, inside: words.slice(start, end), end: end + mark.length };
  }
  return null;
}

function closingAt(words: string, mark: string, start: number): number | null {
  if (/\s/.test(words[start] ?? " ")) return null;
  const field = words.slice(start, start + longestSpan);
  const found = field.indexOf(mark, 1);
  if (found < 1 || (mark !== "`" && /\s/.test(field[found - 1] ?? " "))) return null;
  const isInWord = mark.startsWith("_") && /[\p{L}\p{N}]/u.test(field[found + mark.length] ?? "");
  return isInWord ? null : start + found;
}

function linkAt(words: string, at: number): Span | null {
  const isPicture = words[at] === "!" && words[at + 1] === "[";
  if (words[at] !== "[" && !isPicture) return null;
  const field = words.slice(at, at + longestSpan);
  const found = /^!?\[([^[\]]{1,500})\]\((https?:\/\/[^\s()]{1,1000})\)/.exec(field);
  if (!found) return null;
  const [whole, inside = "", url = ""] = found;
  return { kind: "link", inside, url, end: at + whole.length };
}

function addLook(reading: Reading, kind: Look["kind"], write: () => void): void {
  const from = reading.text.length;
  write();
  if (reading.text.length > from) reading.looks.push({ from, to: reading.text.length, kind });
}
