import * as z from "zod/mini";
import { generationSchema } from "./file-fence.ts";
import { idSchema } from "./well-formed.ts";
import { parseJson } from "./parse-json.ts";

const recordVersion = 1;

/**
 * What a file's root remembers (figma-platform.md 11.1): the id under which a relay keeps the file's
 * runs, the generation that the relay gave out last, Figma's own key where it was told, and the id of
 * the file that this one was copied from.
 */
const documentRecordSchema = z.object({
  v: z.literal(recordVersion),
  docId: idSchema,
  gen: generationSchema,
  fileKey: z.exactOptional(idSchema),
  parentDocId: z.exactOptional(idSchema),
});
/** What a file's root remembers. */
export type DocumentRecord = z.infer<typeof documentRecordSchema>;

/** What a root says: its record, "newer" for one of a newer version of Spaces, null for nothing of ours. */
export function readDocumentRecord(stored: string): DocumentRecord | "newer" | null {
  const json = parseJson(stored);
  const version = z.safeParse(z.object({ v: z.number() }), json).data?.v ?? 0;
  if (version > recordVersion) return "newer";
  return z.safeParse(documentRecordSchema, json).data ?? null;
}

/**
 * The record that a file's root should have, from the one it has. A root without one gets a new id.
 * Figma's own key, where it is told, decides alone: a root that names another key was copied with its
 * file and starts fresh (figma-platform.md 11.4).
 */
export function settleDocument(
  known: DocumentRecord | null,
  fileKey: string | null,
  newId: () => string,
): DocumentRecord {
  const keyed = fileKey === null ? {} : { fileKey };
  if (known === null) return { v: recordVersion, docId: newId(), gen: 0, ...keyed };
  const isCopy = fileKey !== null && known.fileKey !== undefined && known.fileKey !== fileKey;
  return isCopy ? startFresh(known, fileKey, newId) : { ...known, ...keyed };
}

/** The record of a file that leaves the history it shares with another one behind. */
export function startFresh(
  known: DocumentRecord,
  fileKey: string | null,
  newId: () => string,
): DocumentRecord {
  const fresh = { v: known.v, docId: newId(), gen: 0 };
  return { ...fresh, ...(fileKey === null ? {} : { fileKey }), parentDocId: known.docId };
}

/** The record as the root keeps it: the same text for the same record, whoever writes it. */
export function writeDocumentRecord(record: DocumentRecord): string {
  return JSON.stringify(z.parse(documentRecordSchema, record));
}
