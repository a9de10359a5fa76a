import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { relayPort } from "#domain/relay";
import type { S3Settings } from "./assets/s3-settings.ts";
import { takeS3Settings } from "./s3-env.ts";

const isDatabaseUrl = (value: string) =>
  URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol);

const envSchema = z.object({
  SPACES_DATA: z.string().min(1).optional(),
  SPACES_PORT: z.coerce.number().int().min(0).max(65_535).default(relayPort),
  // A name of our own: what other programs keep in DATABASE_URL is none of ours.
  SPACES_DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, "It has to be postgres://user:password@host:port/database")
    .optional(),
  SPACES_FAILPOINTS: z.string().default(""),
  SPACES_RETENTION_DAYS: z.coerce
    .number("It has to be a number of days, or 0 to keep everything for ever")
    .int()
    .min(0)
    .max(36_500)
    .default(30),
});

/** What the relay takes from its environment. */
export interface Env {
  /** The folder with the relay's assets, and its store unless there is a database. */
  readonly folder: string;
  /** The PostgreSQL database that relay processes share, with its password; null for the folder alone. */
  readonly databaseUrl: string | null;
  readonly port: number;
  readonly failpoints: string;
  /** How many days a file is kept that nothing needs any more; 0 keeps all of them for ever. */
  readonly retentionDays: number;
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
  const { SPACES_DATA, SPACES_PORT, SPACES_DATABASE_URL, SPACES_FAILPOINTS } = parsed.data;
  return {
    folder: SPACES_DATA ?? join(home(), ".spaces-for-figma"),
    databaseUrl: SPACES_DATABASE_URL ?? null,
    port: SPACES_PORT,
    failpoints: SPACES_FAILPOINTS,
    retentionDays: parsed.data.SPACES_RETENTION_DAYS,
    s3,
  };
}

/** A person's home folder, also where HOME is empty. */
function home(): string {
  const stated = homedir();
  return stated === "" ? userInfo().homedir : stated;
}
