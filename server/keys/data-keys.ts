import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { DataKeys } from "./seal.ts";

/** Where the data key comes from: given as text, in a file of the operator's, or in one of our own. */
export type DataKeySource =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "file"; readonly path: string }
  /** Made with the first key that is set. */
  | { readonly kind: "own-file"; readonly path: string }
  /** Nowhere: no key can be set. */
  | { readonly kind: "none" };

/** The data keys of a relay. */
export interface DataKeyStore {
  readonly source: DataKeySource["kind"];
  /** The keys as they are now, or null where none was needed yet. Throws DataKeyError. */
  read(): Promise<DataKeys | null>;
  /** The same, made where there is none and where that is ours to do. Throws DataKeyError. */
  ensure(): Promise<DataKeys>;
  /** Puts a new key in front of a file of our own; the one before stays readable. Throws DataKeyError. */
  rotate(): Promise<DataKeys>;
}

/** What is wrong with the data key, as a sentence that holds none of it. */
export class DataKeyError extends Error {
  override readonly name = "DataKeyError";
}

const keyBytes = 32;
const mostVersions = 2;

/** Opens the data keys of a source; nothing is read before it is asked for. */
export function openDataKeys(
  source: DataKeySource,
  random: (bytes: number) => Uint8Array,
): DataKeyStore {
  const read = () => readSource(source);
  return {
    source: source.kind,
    read,
    ensure: async () => {
      const known = await read();
      if (known) return known;
      if (source.kind !== "own-file") throw new DataKeyError(`${nameOf(source)} is empty.`);
      await createFile(
        source.path,
        writeKeys({ version: 1, byVersion: new Map([[1, random(keyBytes)]]) }),
      );
      // Another process may have been quicker; what is there now holds for both.
      const made = await read();
      if (!made) throw new DataKeyError(`${source.path} could not be made.`);
      return made;
    },
    rotate: async () => {
      const known = await read();
      if (source.kind !== "own-file" || !known) {
        const next = (known?.version ?? 0) + 1;
        throw new DataKeyError(
          `${nameOf(source)} is yours to change: put "${next}:" and 32 new bytes in base64 before the key of now, a comma or a line between them, and start the relay again.`,
        );
      }
      const version = known.version + 1;
      const current = known.byVersion.get(known.version) ?? new Uint8Array();
      const byVersion = new Map([
        [version, random(keyBytes)],
        [known.version, current],
      ]);
      await replaceFile(source.path, writeKeys({ version, byVersion }));
      return { version, byVersion };
    },
  };
}

async function readSource(source: DataKeySource): Promise<DataKeys | null> {
  if (source.kind === "none") {
    throw new DataKeyError(
      "This relay has no place outside its data for the data key. Set SPACES_KEY_FILE to a file elsewhere.",
    );
  }
  if (source.kind === "text") return parseKeys(source.text, "SPACES_KEY");
  try {
    const { mode } = await stat(source.path);
    if ((mode & 0o077) !== 0) {
      throw new DataKeyError(`Others can read ${source.path}; do chmod 600 on it first.`);
    }
    return parseKeys(await readFile(source.path, "utf8"), source.path);
  } catch (error) {
    if (error instanceof DataKeyError) throw error;
    if (isCode(error, "ENOENT") && source.kind === "own-file") return null;
    throw new DataKeyError(`${source.path}, which holds the data key, cannot be read.`);
  }
}

/** "2:BASE64,1:BASE64", commas or lines between them, the newest first; one alone may go without "1:". */
function parseKeys(text: string, name: string): DataKeys {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  const pairs = parts.map((part) => {
    const match = /^(?:(\d{1,9}):)?([\w+/-]+={0,2})$/.exec(part);
    return [Number(match?.[1] ?? 1), Buffer.from(match?.[2] ?? "", "base64")] as const;
  });
  const [first] = pairs;
  const isGood =
    pairs.length <= mostVersions &&
    new Set(pairs.map(([version]) => version)).size === pairs.length &&
    pairs.every(([version, key]) => version > 0 && key.length === keyBytes);
  if (!first || !isGood) {
    throw new DataKeyError(
      `${name} has to hold 32 bytes in base64, or two such keys as "2:NEW,1:OLD".`,
    );
  }
  return { version: first[0], byVersion: new Map(pairs) };
}

function writeKeys({ byVersion }: DataKeys): string {
  const lines = [...byVersion].map(
    ([version, key]) => `${version}:${Buffer.from(key).toString("base64")}\n`,
  );
  return lines.join("");
}

/** Makes a file that only its owner reads, whole or not at all; one that is there already stays. */
async function createFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const written = await writeBeside(path, text);
  try {
    await link(written, path);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw new DataKeyError(`${path} could not be made.`);
  } finally {
    await rm(written, { force: true });
  }
  await syncFolder(dirname(path));
}

async function replaceFile(path: string, text: string): Promise<void> {
  await rename(await writeBeside(path, text), path);
  await syncFolder(dirname(path));
}

async function writeBeside(path: string, text: string): Promise<string> {
  const beside = `${path}.${randomUUID()}`;
  const file = await open(beside, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return beside;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function nameOf(source: DataKeySource): string {
  return source.kind === "file" || source.kind === "own-file" ? source.path : "SPACES_KEY";
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
