import { maxAssetBytes, type Asset } from "#domain/asset";
import type { RelayClient } from "#domain/relay-client";
import { hashBytes } from "./hash.ts";

/** What the relay says of bytes that it has now. Rejects as requests do, also when it refuses them. */
export async function uploadBytes(relay: RelayClient, bytes: Uint8Array): Promise<Asset> {
  const hash = hashBytes(bytes);
  const { missing } = await relay.call("assetsMissing", { body: { hashes: [hash] } });
  return missing.length > 0
    ? relay.call("assetPut", { path: { hash }, body: bytes })
    : describeKept(relay, hash);
}

/** What the relay says of bytes that it has by this hash; null where it has none. */
export async function findKept(relay: RelayClient, hash: string): Promise<Asset | null> {
  const { missing } = await relay.call("assetsMissing", { body: { hashes: [hash] } });
  return missing.length > 0 ? null : describeKept(relay, hash);
}

/** Putting what is there already sends nothing and answers what it is (domain/relay.ts `assetPut`). */
function describeKept(relay: RelayClient, hash: string): Promise<Asset> {
  return relay.call("assetPut", { path: { hash }, body: new Uint8Array() });
}

/** Why a file is not sent, in a sentence; null when it may be. */
export function reasonAgainstFile(file: Pick<File, "name" | "size">): string | null {
  if (file.size === 0) return `"${file.name}" is empty. Choose another file.`;
  if (file.size <= maxAssetBytes) return null;
  const megabytes = Math.floor(maxAssetBytes / 1024 / 1024);
  return `"${file.name}" is larger than ${megabytes} MB. Choose a smaller file.`;
}
