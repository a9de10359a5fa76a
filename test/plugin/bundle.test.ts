import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildPlugin } from "../config/build-plugin.ts";
import { whyNotLoadable } from "../figma/vm/check-main-code.ts";

/** Figma reads both files on every start; 1 kB is 1,000 bytes. */
const mainLimitBytes = 150_000;
const uiLimitBytes = 250_000;

const built = await buildPlugin();

test("main.js is small, can be loaded by Figma, and holds nothing that it refuses", () => {
  expect(built.mainCode.length).toBeLessThanOrEqual(mainLimitBytes);
  expect(built.mainCode).not.toContain("import(");
  expect(whyNotLoadable(built.mainCode)).toBeNull();
});

test("ui.js is small, also on the wire", () => {
  expect(Buffer.byteLength(built.uiCode)).toBeLessThanOrEqual(uiLimitBytes);
  expect(gzipSync(built.uiCode).length).toBeLessThanOrEqual(uiLimitBytes / 2);
});

test("the bundles name no address but the relay's own", () => {
  const addresses = `${built.mainCode}${built.uiCode}`.match(/https?:\/\/\w[\w.:-]*/g) ?? [];
  // Names of XML languages, which nobody asks for anything; and where figma.com opens.
  const harmless = /^https?:\/\/(www\.w3\.org|localhost|www\.figma\.com|json-schema\.org)/;
  expect(addresses.filter((address) => !harmless.test(address))).toEqual([]);
});
