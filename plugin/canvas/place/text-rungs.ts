import { readMarkdown } from "#domain/read-markdown";
import { cardTextPx, innerWidthPx, mostLinesInCard } from "../draw/card-measures.ts";
import { Refusal } from "../refusal.ts";
import { plainRung, type PreparedRung } from "./rung.ts";
import { loadTextFonts } from "./text-fonts.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** Figma's and FigJam's own sizes of plain text, for what stands by itself. */
const designTextPx = 14;
const figjamTextPx = 16;
const stickyFont = { family: "Inter", style: "Medium" };

/** A text layer with the Markdown's headings, lists and links as people read them. */
export async function prepareText(markdown: string): Promise<PreparedRung> {
  const { fonts, notes } = await loadTextFonts();
  const freeTextPx = figma.editorType === "figjam" ? figjamTextPx : designTextPx;
  const make = (widthPx: number) => {
    const layer = figma.createText();
    const isInCard = widthPx <= innerWidthPx;
    writeMarkdown(layer, markdown, fonts, isInCard ? cardTextPx : freeTextPx);
    layer.textAutoResize = "HEIGHT";
    layer.resize(widthPx, layer.height);
    // The panel shows the rest, and whoever edits the text sees it all.
    if (isInCard) Object.assign(layer, { textTruncation: "ENDING", maxLines: mostLinesInCard });
    return layer;
  };
  const { text } = readMarkdown(markdown);
  return { ...plainRung, kind: "text-layer", text, notes, make };
}

/** FigJam's code block. */
export function prepareCode(markdown: string): PreparedRung {
  requireFigjam();
  const [, language = "", code = markdown] =
    /^```([^\n`]*)\n?([^]*?)\n?```$/.exec(markdown.trim()) ?? [];
  const make = () => {
    const block = figma.createCodeBlock();
    block.code = code;
    block.codeLanguage = languages[language.trim().toLowerCase()] ?? "PLAINTEXT";
    return block;
  };
  return { ...plainRung, kind: "code-block", make };
}

/** FigJam's sticky, without the name of whoever has the plugin open: nobody wrote it. */
export async function prepareSticky(text: string): Promise<PreparedRung> {
  requireFigjam();
  await figma.loadFontAsync(stickyFont);
  const make = () => {
    const sticky = figma.createSticky();
    sticky.authorVisible = false;
    sticky.text.fontName = stickyFont;
    sticky.text.characters = text;
    return sticky;
  };
  return { ...plainRung, kind: "sticky", text, make };
}

function requireFigjam(): void {
  if (figma.editorType !== "figjam") throw new Refusal("Only FigJam has layers of this kind.");
}

/** What people call a language behind the marks of a code block → what Figma calls it. */
const languages: Readonly<Record<string, CodeBlockNode["codeLanguage"]>> = {
  ts: "TYPESCRIPT",
  tsx: "TYPESCRIPT",
  typescript: "TYPESCRIPT",
  js: "JAVASCRIPT",
  jsx: "JAVASCRIPT",
  javascript: "JAVASCRIPT",
  cpp: "CPP",
  "c++": "CPP",
  ruby: "RUBY",
  rb: "RUBY",
  css: "CSS",
  html: "HTML",
  json: "JSON",
  graphql: "GRAPHQL",
  python: "PYTHON",
  py: "PYTHON",
  go: "GO",
  sql: "SQL",
  swift: "SWIFT",
  kotlin: "KOTLIN",
  rust: "RUST",
  bash: "BASH",
  sh: "BASH",
  shell: "BASH",
  dart: "DART",
};
