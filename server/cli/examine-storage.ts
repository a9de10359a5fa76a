import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createS3Client, type S3Client } from "../assets/s3-client.ts";
import { keyOf, readPage } from "../assets/s3-list.ts";
import { sendToStorage, type SendToStorage } from "../assets/s3-send.ts";
import type { S3Settings } from "../assets/s3-settings.ts";
import { systemClock, type Clock } from "../clock.ts";

/** Whether a storage can be used, in a sentence. */
interface StorageFinding {
  readonly isGood: boolean;
  readonly sentence: string;
}

/** What is handed in for tests. */
interface StorageParts {
  readonly send?: SendToStorage;
  readonly clock?: Clock;
}

/**
 * Looks whether assets can be kept on S3: writes, finds, reads, lists and takes away a small object under a
 * name of its own.
 */
export async function examineStorage(
  settings: S3Settings,
  { send = sendToStorage, clock = systemClock }: StorageParts = {},
): Promise<StorageFinding> {
  const client = createS3Client({ settings, send, clock });
  try {
    const said = await tryStorage(client);
    const where = `${settings.bucket} at ${new URL(settings.endpoint).host}`;
    if (said !== null) return { isGood: false, sentence: `S3, ${where}: ${said}` };
    return { isGood: true, sentence: `S3, ${where} takes, gives, lists and removes files.` };
  } catch (error) {
    const sentence = error instanceof Error ? error.message : "The storage does not work.";
    return { isGood: false, sentence };
  }
}

/** What is wrong, or null. Throws what the client throws. */
async function tryStorage(client: S3Client): Promise<string | null> {
  const bytes = randomBytes(64);
  const hash = createHash("sha256").update(bytes).digest("hex");
  const prefix = `doctor-${randomBytes(8).toString("hex")}/`;
  const key = keyOf(prefix, hash);
  const folder = await mkdtemp(join(tmpdir(), "spaces-doctor-"));
  try {
    const path = join(folder, "object");
    await writeFile(path, bytes, { mode: 0o600 });
    await client.put(key, { path, hash, bytes: bytes.length });
    return await readBack(client, key, prefix, bytes);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await client.remove(key);
  }
}

async function readBack(
  client: S3Client,
  key: string,
  prefix: string,
  bytes: Buffer,
): Promise<string | null> {
  if ((await client.head(key)) !== bytes.length) return "What was written is not there.";
  const range = { start: 8, end: 15 };
  const part = await client.get(key, range);
  const read = Buffer.from(part ? await part.arrayBuffer() : new ArrayBuffer(0));
  if (part?.status !== 206 || !read.equals(bytes.subarray(8, 16))) {
    return "It does not give a part of a file as it was written.";
  }
  const listed = readPage(await client.list(prefix, null), prefix).stored;
  if (listed.length !== 1) return "It does not list what was written.";
  await client.remove(key);
  return (await client.head(key)) === null ? null : "What was removed is still there.";
}
