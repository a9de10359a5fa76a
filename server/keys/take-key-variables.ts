import { isAbsolute, join, relative } from "node:path";
import * as z from "zod";
import { DataKeyError, type DataKeySource } from "./data-keys.ts";
import { keyProviders } from "./key-providers.ts";
import { noKeySentence, readKey } from "./read-key.ts";

/** The variables that say which data key seals the others; the first that is set counts. */
export const dataKeySchema = z.object({
  SPACES_KEY_FILE: z
    .string()
    .nullable()
    .describe("A file with the key that seals providers' keys, mode 600; else SPACES_KEY counts."),
  SPACES_KEY: z
    .string()
    .nullable()
    .describe("That key itself, 32 bytes in base64; else a file in the user's settings is made."),
});

/** Where a relay's keys come from. */
export interface KeySources {
  readonly dataKey: DataKeySource;
  /** Keys of the environment, by provider. They win over those that were set, and are never written. */
  readonly environment: ReadonlyMap<string, string>;
}

/** What is asked to find them. */
export interface KeyPlaces {
  /** The environment; what is taken from it is deleted. */
  readonly variables: Record<string, string | undefined>;
  readonly home: string;
  /** The relay's data, which the data key must not lie in. */
  readonly folder: string;
}

/**
 * Takes the keys out of the environment, so that no child process, crash report or page of ours finds
 * them there. The data key is SPACES_KEY_FILE, SPACES_KEY, or a file of our own in the user's folder of
 * settings (XDG_CONFIG_HOME, else ~/.config). Throws one sentence that names a variable at fault, never
 * what it holds.
 */
export function takeKeyVariables({ variables, home, folder }: KeyPlaces): KeySources {
  const take = (name: string): string | null => {
    const value = variables[name];
    // Assigning undefined would leave the text "undefined" in process.env.
    Reflect.deleteProperty(variables, name);
    return value === undefined || value.trim() === "" ? null : value.trim();
  };
  const environment = new Map<string, string>();
  for (const { id, variables: names } of keyProviders) {
    for (const name of names) {
      const text = take(name);
      if (text === null || environment.has(id)) continue;
      const key = readKey(text);
      if (key === null) throw new DataKeyError(`${name} holds no key. ${noKeySentence}`);
      environment.set(id, key);
    }
  }
  const { SPACES_KEY_FILE: file, SPACES_KEY: text } = dataKeySchema.parse(
    Object.fromEntries(Object.keys(dataKeySchema.shape).map((name) => [name, take(name)])),
  );
  if (file !== null) return { environment, dataKey: { kind: "file", path: file } };
  if (text !== null) return { environment, dataKey: { kind: "text", text } };
  const stated = variables["XDG_CONFIG_HOME"] ?? "";
  const settings = isAbsolute(stated) ? stated : join(home, ".config");
  const path = join(settings, "spaces-for-figma", "data-key");
  const isInside = !relative(folder, path).startsWith("..");
  return {
    environment,
    dataKey: isInside ? { kind: "none" } : { kind: "own-file", path },
  };
}
