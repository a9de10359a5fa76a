import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, toBase64 } from "../base64.ts";
import { contentHash } from "../model/content-hash.ts";

const bytes = fc.uint8Array({ maxLength: 300 });

test("the hash of a picture is SHA-1, as Figma's own hashes look", () => {
  fc.assert(
    fc.property(bytes, (content) => {
      expect(contentHash(content)).toBe(createHash("sha1").update(content).digest("hex"));
    }),
  );
});

test("base64 is the usual one and comes back, long or short", () => {
  fc.assert(
    fc.property(bytes, (content) => {
      const text = toBase64(content);
      expect(text).toBe(Buffer.from(content).toString("base64"));
      expect([...fromBase64(text)]).toEqual([...content]);
    }),
  );
  const long = new Uint8Array(100_000).fill(7);
  expect(toBase64(long)).toBe(Buffer.from(long).toString("base64"));
});
