import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashBytes, hashText, keyedHash } from "../../../ui/session/hash.ts";

describe("hashes of the panel", () => {
  it("are those of the relay, for any bytes and any length around a block", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(hashBytes(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
      }),
      { numRuns: 400 },
    );
  });

  it("are those of the relay for large files and for a part of a larger buffer", () => {
    const large = new Uint8Array(3_000_001).map((_, at) => (at * 31) % 251);
    const part = large.subarray(7, 1_000_000);
    for (const bytes of [large, part]) {
      expect(hashBytes(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });

  it("read texts as UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(hashText(text)).toBe(createHash("sha256").update(text).digest("hex"));
      }),
    );
  });

  it("prove a secret as the relay does", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), fc.string(), (key, text) => {
        expect(keyedHash(key, text)).toBe(createHmac("sha256", key).update(text).digest("hex"));
      }),
    );
  });
});
