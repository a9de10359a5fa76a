import type { StoredBytes } from "./asset-store.ts";

/** A page of what lies in a bucket, and how to ask for the next one. */
export interface S3Page {
  readonly stored: readonly StoredBytes[];
  readonly next: string | null;
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

/** The key of an asset below a prefix that ends in a slash. */
export function keyOf(prefix: string, hash: string): string {
  return `${prefix}${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}

/**
 * Reads an answer of ListObjectsV2
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). Objects that are not named
 * as our assets are, or whose size or time is not told, are left out: nothing of others is ever touched.
 */
export function readPage(xml: string, prefix: string): S3Page {
  const stored: StoredBytes[] = [];
  for (const [, content = ""] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
    const key = valueOf(content, "Key") ?? "";
    const hash = key.slice(-64);
    const bytes = Number(valueOf(content, "Size") ?? NaN);
    const writtenAtMs = Date.parse(valueOf(content, "LastModified") ?? "");
    const isOurs = /^[0-9a-f]{64}$/.test(hash) && key === keyOf(prefix, hash);
    if (!isOurs || !Number.isSafeInteger(bytes) || Number.isNaN(writtenAtMs)) continue;
    stored.push({ hash, bytes, writtenAtMs });
  }
  const isTruncated = valueOf(xml, "IsTruncated") === "true";
  return { stored, next: isTruncated ? valueOf(xml, "NextContinuationToken") : null };
}

function valueOf(xml: string, name: string): string | null {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? "") ?? null;
}
