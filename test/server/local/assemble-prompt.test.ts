import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemblePrompt, type AssembleRequest } from "../../../server/local/assemble-prompt.ts";
import type { PictureFacts } from "../../../server/local/picture-facts.ts";

const facts: PictureFacts = {
  widthPx: 1200,
  heightPx: 800,
  hasAlpha: false,
  brightness: 0.7,
  contrast: 0.1,
  colourfulness: 20,
  focus: 1,
  tone: "bright",
  contrastWord: "low",
  colourWord: "muted",
  temperature: "warm",
  focusWord: "soft",
  symmetry: "asymmetric",
  colours: [
    { name: "tan", hex: "#c3ac91", share: 0.42 },
    { name: "sage", hex: "#9eb496", share: 0.2 },
  ],
  detail: ["centre", "top left"],
  quiet: "top right",
};

const assemble = (changes: Partial<AssembleRequest>) =>
  assemblePrompt({
    instruction: "",
    texts: [],
    references: [],
    seed: 1,
    listItems: null,
    ...changes,
  });
const textOf = (changes: Partial<AssembleRequest>) => {
  const assembly = assemble(changes);
  return assembly.kind === "text" ? assembly.text : assembly;
};
const itemsOf = (changes: Partial<AssembleRequest>) => {
  const assembly = assemble({ listItems: 4, ...changes });
  return assembly.kind === "list" ? assembly.items : [];
};

describe("merging", () => {
  test("puts texts into one prompt, part by part, each phrase once", () => {
    const texts = ["A red kayak", "A red kayak, on a still lake", "golden hour, wide shot"];
    expect(textOf({ instruction: "Combine these into one prompt", texts })).toBe(
      "A red kayak, on a still lake, wide shot, golden hour.",
    );
  });

  test("takes the wish itself out of the prompt", () => {
    expect(textOf({ instruction: "Please write a prompt for a perfume ad, soft light" })).toBe(
      "Perfume ad, soft light.",
    );
  });

  test("adds the colours and the light of a reference", () => {
    expect(textOf({ texts: ["A teapot"], references: [facts] })).toBe(
      "A teapot, bright warm light with low contrast, palette of tan #c3ac91, sage #9eb496.",
    );
  });

  test("keeps a language that it does not know as it is", () => {
    expect(textOf({ instruction: "кот на крыше, мягкий свет" })).toBe("Кот на крыше, мягкий свет.");
  });
});

describe("variations", () => {
  const texts = ["A teapot on a table"];

  test("are as many as asked for, all different, all about the subject", () => {
    const items = itemsOf({ texts, listItems: 20 });
    expect(new Set(items).size).toBe(20);
    expect(items.every((item) => item.startsWith("A teapot on a table, "))).toBe(true);
  });

  test("stay different when only one part varies", () => {
    const items = itemsOf({ instruction: "Vary the mood", texts, listItems: 20 });
    expect(new Set(items).size).toBe(20);
  });

  test("depend on the seed and on nothing else", () => {
    expect(itemsOf({ texts, seed: 1 })).toEqual(itemsOf({ texts, seed: 1 }));
    expect(itemsOf({ texts, seed: 1 })).not.toEqual(itemsOf({ texts, seed: 2 }));
  });

  test("leave alone what the prompt already says", () => {
    const items = itemsOf({ texts: ["A teapot, golden hour"] });
    expect(items.every((item) => item.includes("golden hour"))).toBe(true);
  });

  test("vary only what the instruction names", () => {
    const items = itemsOf({ instruction: "Vary the light", texts });
    expect(items.every((item) => !/palette|mood|tones|colours/.test(item))).toBe(true);
  });

  test("come as numbered lines when one text is asked for", () => {
    const text = textOf({ instruction: "Propose three variations", texts });
    expect(typeof text === "string" ? text.split("\n") : []).toEqual([
      expect.stringMatching(/^1\. A teapot/),
      expect.stringMatching(/^2\. A teapot/),
      expect.stringMatching(/^3\. A teapot/),
    ]);
  });

  test("are never more than 20", () => {
    expect(itemsOf({ texts, listItems: 500 })).toHaveLength(20);
  });
});

describe("describing and splitting", () => {
  test("pictures alone are described, one item each", () => {
    expect(textOf({ references: [facts] })).toContain("tan #c3ac91 (42%)");
    expect(
      itemsOf({ instruction: "Describe the pictures", references: [facts, facts] }),
    ).toHaveLength(2);
  });

  test("a question about colours is answered from the facts", () => {
    const asked = { instruction: "What colours are in this picture?", references: [facts] };
    expect(textOf(asked)).toContain("sage #9eb496");
  });

  test("a text is split into its lines, list marks taken off", () => {
    const texts = ["- one\n2. two\n\n• three"];
    expect(itemsOf({ instruction: "Split into lines", texts })).toEqual(["one", "two", "three"]);
  });
});

describe("what would take a language model", () => {
  test.each([
    ["Translate this to German", "Translating needs a language model."],
    ["Please summarise the notes", "Summarising needs a language model."],
    ["Can you rewrite it shorter?", "Rewriting text needs a language model."],
    ["Who won the cup in 1998?", "Answering questions needs a language model."],
    ["Explain quantum physics", "Answering and explaining need a language model."],
    ["Write a headline for our shop", "Writing new copy needs a language model."],
    ["What is in this picture?", "Recognising what a picture shows needs a model."],
  ])("%s: is refused with a reason", (instruction, reason) => {
    const assembly = assemble({ instruction, texts: ["Some text"], references: [facts] });
    expect(assembly).toEqual({
      kind: "refused",
      sentence: expect.stringContaining(reason) as string,
    });
  });

  test("nothing at all is refused with what to do", () => {
    expect(assemble({})).toMatchObject({ kind: "refused" });
    expect(assemble({ instruction: "Describe the picture" })).toMatchObject({
      sentence: expect.stringContaining("Connect a picture") as string,
    });
  });
});

test("any input gives a text, a list or a sentence, within its bounds", () => {
  const text = fc.string({ unit: "binary", maxLength: 300 });
  fc.assert(
    fc.property(
      text,
      fc.array(text, { maxLength: 4 }),
      fc.option(fc.integer({ min: 1, max: 40 })),
      fc.integer(),
      (instruction, texts, listItems, seed) => {
        const assembly = assemble({ instruction, texts, listItems, seed });
        if (assembly.kind === "text") expect(assembly.text.length).toBeLessThanOrEqual(8_000);
        if (assembly.kind === "list") expect(assembly.items.length).toBeLessThanOrEqual(20);
        if (assembly.kind === "refused") expect(assembly.sentence).toMatch(/\.$/);
      },
    ),
  );
});

test("a text of 10,000 characters comes out cut, with a note", () => {
  const assembly = assemble({ texts: ["word ".repeat(2_000)] });
  expect(assembly).toMatchObject({ kind: "text" });
  expect(assembly.kind === "text" && assembly.notes.join(" ")).toContain("cut");
});
