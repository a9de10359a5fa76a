import { expect, test } from "vitest";
import { probeCode, probeManifest } from "../probe/probe-code.ts";
import { unverified } from "../rules.ts";
import { createStandIn } from "../stand-in.ts";

test.each(["figma", "figjam"] as const)(
  "the probe runs to its end in %s and answers in JSON",
  async (editor) => {
    const standIn = createStandIn({ editor });
    const window = await standIn.runPlugin({ manifest: probeManifest, mainCode: probeCode });
    await standIn.clock.advance(10_000);
    expect(window.errors).toEqual([]);
    expect(window.unsupported).toEqual([]);
    const answers = JSON.parse(String(window.logged[0])) as Record<string, unknown>;
    expect(answers["stopped"]).toBeUndefined();
    expect(answers["readonly-write.sloppy"]).toBe("threw: no setter for property");
    expect(answers["end-after-delete"]).toBe(
      editor === "figjam" ? '{"position":{"x":600,"y":120}}' : undefined,
    );
    expect(String(window.logged[1])).toContain("after the plugin was closed");
    expect(standIn.document.pages[0]?.children).toEqual([]);
  },
);

test("the probe asks every rule nobody is sure of, where code alone can ask it", () => {
  const askedOtherwise = new Set(["not-modelled"]);
  const missing = unverified.filter(
    ({ id }) => !askedOtherwise.has(id) && !probeCode.includes(`"${id}`),
  );
  expect(missing.map(({ id }) => id)).toEqual([]);
});
