import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMarkdown } from "#domain/read-markdown";

function marked(markdown: string) {
  const { text, looks, headings, lists, links } = readMarkdown(markdown);
  const said = (each: { from: number; to: number }) => text.slice(each.from, each.to);
  return {
    text,
    looks: looks.map((look) => `${look.kind} ${said(look)}`),
    headings: headings.map((heading) => `${heading.level} ${said(heading)}`),
    lists: lists.map((line) => `${line.isOrdered ? "1." : "-"}${line.depth} ${said(line)}`),
    links: links.map((link) => `${said(link)} ${link.url}`),
  };
}

describe("Markdown", () => {
  test("headings, lists and quotes lose their marks only", () => {
    const read = marked("# One\n#### Four ##\ntext\n- a\n  * b\n3. c\n> said");
    expect(read).toEqual({
      text: "One\nFour\ntext\na\nb\nc\nsaid",
      headings: ["1 One", "3 Four"],
      lists: ["-1 a", "-2 b", "1.1 c"],
      looks: ["quote said"],
      links: [],
    });
  });

  test("looks lie within one another, and links lead to web addresses only", () => {
    const read = marked(
      "**bold *both* too** `a*b*` ~~no~~ [**x**](https://x.test/a_b) [y](javascript:z)",
    );
    expect(read.text).toBe("bold both too a*b* no x [y](javascript:z)");
    expect(read.looks).toEqual(
      expect.arrayContaining([
        "bold bold both too",
        "italic both",
        "code a*b*",
        "strike no",
        "bold x",
      ]),
    );
    expect(read.links).toEqual(["x https://x.test/a_b"]);
  });

  test("a block of code stays as it is", () => {
    expect(marked("```ts\n# let *a*\n```\nend")).toMatchObject({
      text: "# let *a*\nend",
      looks: ["code # let *a*"],
      headings: [],
    });
  });

  test.each([
    "snake_case_name and 2 * 3 * 4",
    "a | b\n--|--\n1 | 2",
    "5 < 6 > 4, #hash, -dash, 3.5",
    "un**closed and `open",
  ])("%s stays as it is", (text) => {
    expect(marked(text).text).toBe(text);
  });

  test("a mark behind a backslash is a sign", () => {
    expect(marked(String.raw`\*not\* \_this\_`)).toMatchObject({ text: "*not* _this_", looks: [] });
  });

  test("every stretch lies in the text, and no letter is lost", () => {
    const words = fc.stringMatching(/^[a-c*_~`[\]()#>\- \n1.!\\]{0,80}$/);
    fc.assert(
      fc.property(words, (markdown) => {
        const { text, looks, headings, lists, links } = readMarkdown(markdown);
        for (const { from, to } of [...looks, ...headings, ...lists, ...links]) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(text.length);
        }
        const letters = (each: string) => each.replace(/[^a-c]/g, "");
        const outside = markdown.replace(/^\s*(```|~~~).*$/gm, "");
        expect(letters(text)).toBe(letters(outside));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(["*", "[", "`", "**a", "_", "![", "~~", "> ", "- ", "\\"])(
    "a long text of %s is read at once",
    (mark) => {
      const markdown = mark.repeat(Math.floor(32_000 / mark.length));
      expect(readMarkdown(markdown).text.length).toBeLessThanOrEqual(markdown.length);
    },
  );
});
