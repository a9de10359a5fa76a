import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seal, SealBroken, sealedUnder, unseal, type DataKeys } from "../../../server/keys/seal.ts";

const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
const keysOf = (...versions: number[]): DataKeys => ({
  version: versions[0] ?? 1,
  byVersion: new Map(versions.map((version) => [version, random(32)])),
});
const place = { team: "red", kind: "provider-key", id: "openai/1" } as const;
const settings = { seed: 54, numRuns: 200 };

describe("a sealed secret", () => {
  test("opens to the same, and no two sealings of it are alike", () => {
    const keys = keysOf(7);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (secret) => {
        const [one, other] = [seal(keys, place, secret, random), seal(keys, place, secret, random)];
        expect(one).not.toBe(other);
        expect(sealedUnder(one)).toBe(7);
        expect([one, other].map((sealed) => unseal(keys, place, sealed))).toEqual([secret, secret]);
      }),
      settings,
    );
  });

  test("is version, 96-bit nonce, ciphertext of the same length and 128-bit tag", () => {
    const sealed = Buffer.from(seal(keysOf(2, 1), place, "sixteen letters.", random), "base64");
    expect(sealed.length).toBe(4 + 12 + 16 + 16);
    expect(sealed.readUInt32BE()).toBe(2);
    expect(sealed.toString("latin1")).not.toContain("letters");
  });

  test("does not open when one bit of it is changed, or when it is cut", () => {
    const keys = keysOf(1);
    const sealed = Buffer.from(seal(keys, place, "a secret", random), "base64");
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), fc.boolean(), (bit, isCut) => {
        const changed = Buffer.from(sealed);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const wrong = isCut ? sealed.subarray(0, bit >> 3) : changed;
        expect(() => unseal(keys, place, wrong.toString("base64"))).toThrow(SealBroken);
      }),
      settings,
    );
  });

  test("opens in its own place alone, and under its own key", () => {
    const keys = keysOf(1);
    const sealed = seal(keys, place, "a secret", random);
    for (const wrong of [{ team: "blue" }, { id: "openai/2" }, { id: "google/1" }]) {
      expect(() => unseal(keys, { ...place, ...wrong }, sealed)).toThrow(SealBroken);
    }
    expect(() => unseal(keysOf(1), place, sealed)).toThrow(SealBroken);
    expect(() => unseal(keysOf(2), place, sealed)).toThrow(SealBroken);
    expect(() => seal(keys, { ...place, team: "red|provider-key" }, "a secret", random)).toThrow();
  });
});
