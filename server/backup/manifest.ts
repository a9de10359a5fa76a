import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { hashSchema } from "#domain/asset";

const bytesSchema = z.int().min(0);
const databaseSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("file"), bytes: bytesSchema, sha256: hashSchema }),
  /** Of its own server, whose tools save it. */
  z.object({ kind: z.literal("postgres") }),
]);
const indexedSchema = z.object({ hash: hashSchema, bytes: bytesSchema });

/** What a backup is made of. */
export const manifestSchema = z.object({
  /** Grows when an older program could not restore it any more. */
  format: z.literal(1),
  /** The version of the program that made it. */
  madeBy: z.string(),
  madeAtMs: z.int(),
  relay: z.string().nullable(),
  /** The newest change of the tables in it. */
  tables: z.string(),
  database: databaseSchema,
  assets: z.array(indexedSchema),
  /** What the index named and the relay itself did not have any more. */
  missing: z.array(indexedSchema),
});
/** What a backup is made of. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The files of a backup's folder. */
export const backupFiles = {
  manifest: "manifest.json",
  database: "relay.db",
  assets: "assets",
} as const;

/** A backup that cannot be made or restored, in a sentence. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** Reads the manifest of a backup. Throws BackupError. */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, backupFiles.manifest);
  const text = await readFile(file, "utf8").catch(() => {
    throw new BackupError(`There is no backup in ${folder}: ${backupFiles.manifest} is missing.`);
  });
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    const said = "is damaged, or was written by a newer version of Spaces.";
    throw new BackupError(`The backup cannot be read: ${backupFiles.manifest} ${said}`);
  }
}

/** SHA-256 of a file, read piece by piece. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array);
  return hash.digest("hex");
}
