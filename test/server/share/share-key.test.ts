import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWellFormed } from "#domain/well-formed";
import { openShareKey, sealShareKey, type Shared } from "../../../server/share/share-key.ts";

const secrets: Readonly<Record<string, string>> = { red: "secret-of-red", blue: "secret-of-blue" };
const findSecret = (team: string) => Promise.resolve(secrets[team] ?? null);
const open = (key: string) => openShareKey(key, findSecret);
const cat: Shared = { team: "red", hash: "a".repeat(64), title: "A cat" };

const shared = fc.record({
  team: fc.constantFrom("red", "blue"),
  hash: fc.stringMatching(/^[0-9a-f]{64}$/),
  title: fc.string({ unit: "binary", maxLength: 100 }).filter(isWellFormed),
});

describe("the key of a share link", () => {
  test("leads to what it was made for, is fit for an address, and the same for the same", async () => {
    await fc.assert(
      fc.asyncProperty(shared, async (each) => {
        const key = sealShareKey(secrets[each.team]!, each);
        expect(key).toMatch(/^[\w-]+$/);
        expect(sealShareKey(secrets[each.team]!, each)).toBe(key);
        expect(await open(key)).toEqual(each);
      }),
    );
  });

  test("still fits an address with the longest title of the most costly characters", async () => {
    const long = { ...cat, title: "\u0001".repeat(200) };
    expect(await open(sealShareKey("secret-of-red", long))).toEqual(long);
  });

  test("leads nowhere with any bit of it changed", async () => {
    const bytes = Buffer.from(sealShareKey("secret-of-red", cat), "base64url");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const altered = Buffer.from(bytes);
          altered[at] = altered[at]! ^ change;
          expect(await open(altered.toString("base64url"))).toBeNull();
        },
      ),
    );
  });

  test("leads nowhere in another form of the same bytes", async () => {
    const keys = ["", "x", "xx"].map((title) => sealShareKey("secret-of-red", { ...cat, title }));
    // A key whose length is no multiple of four ends with bits that stand for nothing.
    const spare = keys
      .filter((key) => key.length % 4 !== 0)
      .map((key) => key.slice(0, -1) + letterBeside(key.at(-1)!));
    expect(spare).toHaveLength(2);
    for (const other of spare) expect(keys.map(bytesOf)).toContainEqual(bytesOf(other));
    const [key = ""] = keys;
    for (const other of [`${key}=`, `${key}%`, ` ${key}`, `${key}\n`, ...spare]) {
      expect(await open(other)).toBeNull();
    }
  });

  test.each([
    ["nothing", ""],
    ["no base64", "../../etc/passwd"],
    ["a proof alone", Buffer.alloc(32).toString("base64url")],
    ["another shape", sealShareKey("secret-of-red", "red" as never)],
    ["a hash that is none", sealShareKey("secret-of-red", { ...cat, hash: "../x" })],
    ["a team without links", sealShareKey("secret-of-red", { ...cat, team: "green" })],
    ["a key under another secret", sealShareKey("secret-of-old", cat)],
    ["another team's secret", sealShareKey("secret-of-blue", cat)],
    ["a megabyte", "A".repeat(1_000_000)],
  ])("leads nowhere when it is %s", async (_what, key) => {
    expect(await open(key)).toBeNull();
  });

  test("never troubles on anything", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.uint8Array(), async (text, bytes) => {
        expect(await open(text)).toBeNull();
        expect(await open(Buffer.from(bytes).toString("base64url"))).toBeNull();
      }),
    );
  });
});

const bytesOf = (key: string) => Buffer.from(key, "base64url");

/** The letter of base64url that differs from this one in its lowest bit alone. */
function letterBeside(letter: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return letters[letters.indexOf(letter) ^ 1]!;
}
