import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Where a text was found, by the name of the place; nothing of what stands there. */
export type Found = readonly string[];

/** The forms in which a secret could stand somewhere. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString("base64").replace(/=+$/, ""), bytes.toString("hex")];
}

/** The places whose bytes hold one of the secrets, in any of the forms. */
export function findSecrets(
  secrets: readonly string[],
  places: Iterable<readonly [name: string, content: string | Uint8Array]>,
): Found {
  const forms = secrets.flatMap(formsOf);
  const found: string[] = [];
  for (const [name, content] of places) {
    const bytes = Buffer.from(content);
    if (forms.some((form) => bytes.includes(form))) found.push(name);
  }
  return found;
}

/** Every file of a folder, with its bytes. */
export async function filesOf(folder: string): Promise<[string, Uint8Array][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }): Promise<[string, Uint8Array]> => {
      const path = join(parentPath, name);
      return [path, await readFile(path)];
    }),
  );
}

/** Half of what a key has at least (server/keys/read-key.ts). */
const shortestKey = 8;

/** Where a relay that a test opened must not have put a secret. */
interface RelayPlaces {
  readonly folder: string;
  readonly log: readonly string[];
}

/**
 * Throws when a relay that has stopped left one of its secrets in its log or in a file of its folder, in
 * any of the forms. Names the places alone. What is shorter than a key can be stands anywhere and is
 * passed over.
 */
export async function refuseSecrets(
  secrets: readonly string[],
  { folder, log }: RelayPlaces,
): Promise<void> {
  const long = secrets.filter((secret) => secret.length >= shortestKey);
  const found = findSecrets(long, [["the log", log.join("")], ...(await filesOf(folder))]);
  if (found.length > 0) throw new Error(`A secret of the relay stands in ${found.join(", ")}.`);
}
