import { readFile, stat } from "node:fs/promises";
import type { NodeType } from "#domain/nodes/index";
import type { LayerFacts, PageFacts } from "#domain/layer";
import { readBoard, type Board } from "#domain/read-board";
import { readRestFile } from "../figma/read-rest-file.ts";
import { readReadArguments, UsageError, type RunArguments } from "./arguments.ts";
import type { Command } from "./command.ts";

/** A file of Figma that cannot be read: one sentence that names the file. */
export class FileError extends Error {}

/** A page of a Figma file with what its layers are used as. */
export interface OpenPage {
  readonly page: PageFacts;
  /** The layers of the file's other pages. */
  readonly elsewhere: ReadonlySet<string>;
  readonly uses: ReadonlyMap<string, NodeType>;
}

/** `spaces read` */
export const readCommand: Command = {
  usage: ["FILE.json [--page NAME] [--use LAYER=TYPE ...]"],
  does: ["What a Figma or FigJam file (REST JSON) holds: graph, suggestions, lines, issues."],
  run: async (words, { terminal }) => {
    const { file, page, uses } = readReadArguments(words);
    const board = readOpenPage(await openPage(file, page, uses));
    terminal.print(JSON.stringify(board, null, 2));
    return 0;
  },
};

/** The largest file that is read, in bytes; Figma's own answers end far below. */
const largestFileBytes = 512 * 1024 * 1024;

/** Opens a Figma file of REST JSON at one page: the named one, else the first. Throws FileError. */
export async function openPage(
  file: string,
  pageName: string | null,
  uses: RunArguments["uses"],
): Promise<OpenPage> {
  const read = readRestFile(await readText(file));
  if (read.kind === "refused") throw new FileError(`${file}: ${read.sentence}`);
  const page = choosePage(file, read.pages, pageName);
  const chosen = new Map(uses.map((use) => [findLayer(page, use.layer).id, use.type] as const));
  const others = read.pages.filter((each) => each !== page);
  const elsewhere = new Set(others.flatMap((each) => each.layers.map((layer) => layer.id)));
  return { page, elsewhere, uses: chosen };
}

/** What is on a page, in the form that `spaces read` prints. */
export function readOpenPage(open: OpenPage): Board {
  const isElsewhere = (id: string) => open.elsewhere.has(id);
  return readBoard(open.page, { uses: open.uses, isElsewhere });
}

/** The layer of that id, or the only one of that name or text. Throws UsageError. */
export function findLayer(page: PageFacts, word: string): LayerFacts {
  const byId = page.layers.find((layer) => layer.id === word);
  if (byId) return byId;
  const named = page.layers.filter((layer) => layer.name === word || layer.text === word);
  const [only] = named;
  if (only && named.length === 1) return only;
  throw new UsageError(
    only
      ? `${named.length} layers are called "${word}"; name one by its id, such as ${only.id}.`
      : `There is no layer "${word}" on the page "${page.name}".`,
  );
}

function choosePage(file: string, pages: readonly PageFacts[], name: string | null): PageFacts {
  const page = name === null ? pages[0] : pages.find((each) => each.name === name);
  if (page) return page;
  if (name === null) throw new FileError(`${file}: the file has no pages.`);
  const names = pages.slice(0, 20).map((each) => `"${each.name}"`);
  throw new FileError(`${file}: there is no page "${name}"; there are ${names.join(", ")}.`);
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > largestFileBytes) throw new FileError(`${file}: larger than 512 MB.`);
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof FileError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    const said = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    throw new FileError(`${file}: ${said}.`);
  }
}
