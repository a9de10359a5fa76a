import { createCipheriv, createDecipheriv } from "node:crypto";

/** The keys under which secrets are sealed: up to two can be opened with, the first one seals. */
export interface DataKeys {
  readonly version: number;
  readonly byVersion: ReadonlyMap<number, Uint8Array>;
}

/** Which row of which team a secret belongs to; sealed in, so that rows cannot be swapped. */
export interface SealPlace {
  readonly team: string;
  readonly kind: "provider-key";
  readonly id: string;
}

/** A sealed secret that cannot be opened: sealed under another key, swapped or altered. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";

  constructor() {
    super("A sealed secret cannot be opened.");
  }
}

const cipher = "aes-256-gcm";
const versionBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals a secret for one row (reliability.md 5.4): AES-256-GCM under the newest data key with a random
 * nonce of 96 bit. The result is base64 of version, nonce, ciphertext and tag.
 */
export function seal(
  keys: DataKeys,
  place: SealPlace,
  secret: string,
  random: (bytes: number) => Uint8Array,
): string {
  const key = keys.byVersion.get(keys.version);
  if (!key) throw new SealBroken();
  const version = Buffer.alloc(versionBytes);
  version.writeUInt32BE(keys.version);
  const nonce = random(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(bindTo(place));
  const text = Buffer.concat([sealing.update(secret, "utf8"), sealing.final()]);
  return Buffer.concat([version, nonce, text, sealing.getAuthTag()]).toString("base64");
}

/** Opens what was sealed for that row. Throws SealBroken, without a word about why. */
export function unseal(keys: DataKeys, place: SealPlace, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64");
  const key = keys.byVersion.get(sealedUnder(sealed));
  if (!key || bytes.length < versionBytes + nonceBytes + tagBytes) throw new SealBroken();
  const nonce = bytes.subarray(versionBytes, versionBytes + nonceBytes);
  try {
    const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
      .setAAD(bindTo(place))
      .setAuthTag(bytes.subarray(-tagBytes));
    const text = bytes.subarray(versionBytes + nonceBytes, -tagBytes);
    return Buffer.concat([opening.update(text), opening.final()]).toString("utf8");
  } catch {
    throw new SealBroken();
  }
}

/** The version of the data key under which something was sealed; 0 for what was never sealed. */
export function sealedUnder(sealed: string): number {
  const bytes = Buffer.from(sealed, "base64");
  return bytes.length < versionBytes ? 0 : bytes.readUInt32BE();
}

function bindTo({ team, kind, id }: SealPlace): Buffer {
  // One text for one place: nothing between the bars holds one.
  if (`${team}${id}`.includes("|")) throw new SealBroken();
  return Buffer.from(`v1|${team}|${kind}|${id}`);
}
