import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { relayPort } from "#domain/relay";
import type { S3Settings } from "./assets/s3-settings.ts";
import { decideExposure, type Exposure } from "./exposure.ts";
import { dataKeySchema } from "./keys/take-key-variables.ts";
import { s3Schema, takeS3Settings } from "./s3-env.ts";

const isDatabaseUrl = (value: string) =>
  URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol);

/** An origin alone: no path, no name and password. */
const isOrigin = (value: string) =>
  URL.canParse(value) && new URL(value).origin === value.replace(/\/$/, "");

const envSchema = z.object({
  SPACES_DATA: z
    .string()
    .min(1)
    .optional()
    .describe("The folder with the relay's data; .spaces-for-figma in the home folder."),
  SPACES_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(relayPort)
    .describe("The relay's port; 4517, which the plugin's manifest names."),
  // A name of our own: what other programs keep in DATABASE_URL is none of ours.
  SPACES_DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, "It has to be postgres://user:password@host:port/database")
    .optional()
    .describe("A PostgreSQL database for any number of relays; without it, SQLite in SPACES_DATA."),
  SPACES_LISTEN: z
    .string()
    .min(1)
    .optional()
    .describe("The IP address to listen at; this machine alone. Another needs the next two."),
  SPACES_PUBLIC_URL: z
    .string()
    .min(1)
    .optional()
    .describe("The https address under which a team reaches the relay."),
  SPACES_BEHIND_PROXY: z
    .enum(["0", "1"])
    .default("0")
    .describe("1 says that a proxy in front ends TLS for SPACES_PUBLIC_URL."),
  SPACES_ADMIN_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe("A port of this machine with /metrics, /healthz and /readyz; none."),
  SPACES_RETENTION_DAYS: z.coerce
    .number("It has to be a number of days, or 0 to keep everything for ever")
    .int()
    .min(0)
    .max(36_500)
    .default(30)
    .describe("How many days a file is kept that nothing needs, 0 for ever; 30."),
  SPACES_COMFYUI_URL: z
    .string()
    .refine(isOrigin, "It has to be an address such as http://127.0.0.1:8188")
    .optional()
    .describe("A ComfyUI server for workflows of your own, such as http://127.0.0.1:8188."),
  SPACES_CREDITS_PER_DOLLAR: z.coerce
    .number("It has to be a number of credits")
    .positive()
    .max(1e9)
    .optional()
    .describe(
      "How many credits a dollar of a provider's price costs a team; without it, it pays in dollars.",
    ),
  SPACES_FAILPOINTS: z
    .string()
    .default("")
    .describe("Places at which to crash, for tests of crashes alone."),
});

/** Every variable that the relay reads, and what it is for with its usual value. */
export const envVariables: readonly { readonly name: string; readonly purpose: string }[] =
  Object.entries({ ...envSchema.shape, ...s3Schema.shape, ...dataKeySchema.shape }).map(
    ([name, { description = "" }]) => ({ name, purpose: description }),
  );

/** What the relay takes from its environment. */
export interface Env {
  /** The folder with the relay's assets, and its store unless there is a database. */
  readonly folder: string;
  /** The PostgreSQL database that relay processes share, with its password; null for the folder alone. */
  readonly databaseUrl: string | null;
  readonly port: number;
  /** Who may reach the relay, and how. */
  readonly exposure: Exposure;
  /** The port of the figures for operators; null for none. */
  readonly adminPort: number | null;
  readonly failpoints: string;
  /** How many days a file is kept that nothing needs any more; 0 keeps all of them for ever. */
  readonly retentionDays: number;
  /** The origin of a ComfyUI server; null for none. */
  readonly comfyUiOrigin: string | null;
  /** How many credits are sold for a dollar; null where teams pay providers themselves. */
  readonly creditsPerDollar: number | null;
  /** The storage where assets are kept, with its key; null for the folder. */
  readonly s3: S3Settings | null;
}

/**
 * Reads the environment and takes the secrets out of it. Throws one sentence that names the variable at
 * fault.
 */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const s3 = takeS3Settings(variables);
  const parsed = envSchema.safeParse(variables);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join(".") ?? "The environment"}: ${issue?.message ?? "wrong"}.`);
  }
  const { data } = parsed;
  return {
    folder: data.SPACES_DATA ?? join(home(), ".spaces-for-figma"),
    databaseUrl: data.SPACES_DATABASE_URL ?? null,
    port: data.SPACES_PORT,
    exposure: decideExposure({
      listen: data.SPACES_LISTEN ?? null,
      publicUrl: data.SPACES_PUBLIC_URL ?? null,
      isBehindProxy: data.SPACES_BEHIND_PROXY === "1",
    }),
    adminPort: data.SPACES_ADMIN_PORT ?? null,
    failpoints: data.SPACES_FAILPOINTS,
    retentionDays: data.SPACES_RETENTION_DAYS,
    comfyUiOrigin: data.SPACES_COMFYUI_URL?.replace(/\/$/, "") ?? null,
    creditsPerDollar: data.SPACES_CREDITS_PER_DOLLAR ?? null,
    s3,
  };
}

/** A person's home folder, also where HOME is empty. */
export function home(): string {
  const stated = homedir();
  return stated === "" ? userInfo().homedir : stated;
}
