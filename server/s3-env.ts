import * as z from "zod";
import type { S3Settings } from "./assets/s3-settings.ts";

const isOrigin = (value: string) => {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
};

/** The variables of the storage that speaks S3. */
export const s3Schema = z.object({
  SPACES_S3_ENDPOINT: z
    .string()
    .refine(isOrigin, "It has to be an origin such as https://s3.eu-central-1.amazonaws.com")
    .describe("The address of a storage that speaks S3, for files; without it, SPACES_DATA."),
  // Names with dots break TLS before the host and mean nothing in a path; S3 has no others
  // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
  SPACES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "It has to be the name of a bucket")
    .describe("The bucket of that storage that holds the files; it has to be there."),
  SPACES_S3_REGION: z
    .string()
    .regex(/^[\w-]+$/, "It has to be a region such as us-east-1")
    .default("us-east-1")
    .describe("The region that the storage's requests are signed for; us-east-1."),
  SPACES_S3_KEY_ID: z
    .string()
    .min(1, "It has to be the id of an access key")
    .describe("The id of an access key of that bucket."),
  SPACES_S3_SECRET: z
    .string()
    .min(1, "It has to be the secret of the access key")
    .describe("The secret of that access key; the relay takes it out of its environment."),
  SPACES_S3_ADDRESSING: z
    .enum(["path", "host"])
    .default("path")
    .describe("host puts the bucket's name before the storage's, path behind it; path."),
});

/**
 * Reads where assets are to be kept from the environment: null without any of its variables. The secret is
 * taken out of the environment, so that no child process and no report of it has it. Throws one
 * sentence that names the variable at fault.
 */
export function takeS3Settings(variables: Record<string, string | undefined>): S3Settings | null {
  const names = Object.keys(s3Schema.shape);
  if (names.every((name) => (variables[name] ?? "") === "")) return null;
  const given = Object.fromEntries(
    names.map((name) => [name, variables[name] === "" ? undefined : variables[name]]),
  );
  delete variables["SPACES_S3_SECRET"];
  const parsed = s3Schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = issue?.path.join(".") ?? "SPACES_S3";
    const isMissing = given[name] === undefined;
    const sentence = isMissing ? "It has to be set where assets are kept on S3" : issue?.message;
    throw new Error(`${name}: ${sentence ?? "wrong"}.`);
  }
  const values = parsed.data;
  return {
    endpoint: new URL(values.SPACES_S3_ENDPOINT).origin,
    bucket: values.SPACES_S3_BUCKET,
    region: values.SPACES_S3_REGION,
    keyId: values.SPACES_S3_KEY_ID,
    secret: values.SPACES_S3_SECRET,
    isPathStyle: values.SPACES_S3_ADDRESSING === "path",
  };
}
