import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

const addressSchema = z.object({
  port: z.int().min(1).max(65_535),
  pid: z.int().min(1),
  token: z.string().min(1),
});
/** Where a running relay listens, and the token of its own command line. */
export type RelayAddress = z.infer<typeof addressSchema>;

const fileOf = (folder: string) => join(folder, "command-line.json");

/** Leaves the address for command lines of the same user; nobody else can read it (mode 0600). */
export async function writeRelayAddress(folder: string, address: RelayAddress): Promise<void> {
  await writeFile(fileOf(folder), JSON.stringify(address), { mode: 0o600 });
}

/** The address that was left, or null when there is none or it cannot be read as one. */
export async function readRelayAddress(folder: string): Promise<RelayAddress | null> {
  try {
    return addressSchema.parse(JSON.parse(await readFile(fileOf(folder), "utf8")));
  } catch {
    return null;
  }
}
