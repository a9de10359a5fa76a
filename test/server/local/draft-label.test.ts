import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draftTypefaces } from "../../../server/local/draft-fonts.ts";
import { drawLabel, layOutLabel } from "../../../server/local/draft-label.ts";

const layOut = (prompt: string, widthPx = 1024, heightPx = 768) =>
  layOutLabel({ prompt, seed: 42, widthPx, heightPx });

describe("the label of a draft", () => {
  test("shows the prompt and the seed", () => {
    const { lines, note } = layOut("A calm lake in the morning");
    expect(lines).toEqual(["A calm lake in the morning"]);
    expect(note).toBe("Seed 42");
  });

  test("cuts a long prompt to three lines that end in an ellipsis", () => {
    const { lines } = layOut("a very long wish ".repeat(60));
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/…$/);
  });

  test("leaves out what the font lacks and keeps the rest", () => {
    expect(layOut("Cat 猫 on a roof 🐈").lines.join(" ")).toBe("Cat on a roof");
    expect(layOut("Кошка на крыше").lines.join(" ")).toBe("Кошка на крыше");
  });

  test("says so when nothing of the prompt can be set", () => {
    expect(layOut("一只猫").lines.join(" ")).toContain("cannot set");
    expect(layOut("").lines.join(" ")).toBe("No prompt");
  });

  test("escapes what XML would read as its own", () => {
    expect(drawLabel(layOut(`<b> & "c"`))).toContain("&lt;b&gt; &amp; &quot;c&quot;");
  });

  test("sets only characters that the font draws", () => {
    const { semiBold } = draftTypefaces();
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 120 }), (prompt) => {
        for (const character of layOut(prompt).lines.join("")) {
          expect(semiBold.has(character.codePointAt(0)!)).toBe(true);
        }
      }),
    );
  });

  test("lies within the picture, whatever its size", () => {
    const side = fc.integer({ min: 64, max: 4096 });
    fc.assert(
      fc.property(side, side, fc.string({ maxLength: 200 }), (widthPx, heightPx, prompt) => {
        const { card, pill, lines, note } = layOut(prompt, widthPx, heightPx);
        const boxes = note === "" ? [pill] : [card, pill];
        for (const box of boxes) {
          expect(box.leftPx).toBeGreaterThanOrEqual(0);
          expect(box.topPx).toBeGreaterThanOrEqual(0);
          expect(box.leftPx + box.widthPx).toBeLessThanOrEqual(widthPx);
          expect(box.topPx + box.heightPx).toBeLessThanOrEqual(heightPx);
        }
        expect(lines.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
