import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DrawingRefused } from "../../../server/assets/drawing/drawing-refused.ts";
import { rebuildDrawing } from "../../../server/assets/drawing/rebuild-drawing.ts";
import { dangersOf } from "../../helpers/drawing-dangers.ts";

const drawing = (inner: string, root = 'viewBox="0 0 200 100"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${root}>${inner}</svg>`;
const escape = (text: string) =>
  text.replace(/[&<>"]/g, (each) => `&#${each.codePointAt(0) ?? 0};`);

const names = fc.constantFrom(
  ...["g", "path", "rect", "use", "image", "text", "tspan", "linearGradient", "pattern", "a"],
  ...[
    "script",
    "style",
    "foreignObject",
    "animate",
    "set",
    "iframe",
    "feImage",
    "switch",
    "metadata",
  ],
);
const values = fc.oneof(
  fc.constantFrom(
    ...[
      "#a",
      "url(#a)",
      "url( '#a' ) red",
      "url(http://evil.test/x#a)",
      "url(x.svg#a)",
      "URL(//evil)",
    ],
    ...["javascript:alert(1)", "java&#10;script:alert(1)", "http://evil.test", "//evil.test/x.png"],
    ...["data:image/svg+xml;base64,PHN2Zz4=", "data:image/png;base64,iVBORw0=", "data:text/html,x"],
    ...[
      "red",
      "M0 0L10 10",
      "12.5",
      "u\\72l(http://evil.test)",
      "\\75rl(//evil.test)",
      "burlywood",
    ],
    ...["fill:red;stroke:url(//evil.test)", "fill:url(#a)!important;x:y", "@import 'x'", "a b"],
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const attributes = fc.dictionary(
  fc.constantFrom(
    ...["id", "href", "xlink:href", "d", "fill", "stroke", "mask", "filter", "style", "class"],
    ...["onload", "onclick", "font-family", "transform", "width", "from", "to", "src", "xml:base"],
  ),
  values,
  { maxKeys: 4 },
);
const words = fc.oneof(
  fc.constantFrom("a", " ", "</text><script>", "]]>", "@import url(//evil.test);", ".a{fill:red}"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);
/** Trees as they are written, with everything that is dangerous among what draws. */
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc
    .tuple(
      names,
      attributes,
      fc.array(fc.oneof({ depthSize: "small" }, words.map(escape), tie("tree")), { maxLength: 4 }),
    )
    .map(([name, own, inner]) => {
      const written = Object.entries(own).map(([key, value]) => ` ${key}="${escape(value)}"`);
      return `<${name}${written.join("")}>${inner.join("")}</${name}>`;
    }),
}));

describe("a drawing that is built anew", () => {
  test("holds nothing that does more than draw, and is the same when built once more", () => {
    let rebuiltTimes = 0;
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), attributes, (inner, own) => {
        const root = Object.entries({ ...own, viewBox: "0 0 9 9", width: "9", height: "9" });
        const written = root.map(([key, value]) => `${key}="${escape(value)}"`).join(" ");
        const rebuilt = attempt(drawing(inner.join(""), written));
        if (rebuilt === null) return;
        rebuiltTimes += 1;
        expect(dangersOf(rebuilt)).toEqual([]);
        expect(rebuildDrawing(rebuilt).svg).toBe(rebuilt);
      }),
      { numRuns: 400 },
    );
    expect(rebuiltTimes).toBeGreaterThan(100);
  });

  test("is refused in words or built, whatever arrives", () => {
    const piece = fc.constantFrom(
      "<svg",
      "<g>",
      "</g>",
      "&",
      "<!DOCTYPE svg [",
      "]>",
      '"',
      ">",
      "/>",
    );
    const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 6 }))).map((all) => all.join(""));
    fc.assert(
      fc.property(text, (garbage) => void attempt(garbage)),
      { numRuns: 300 },
    );
  });

  test("keeps what draws: gradients, references, words, and what CSS said of them", () => {
    const { svg, widthPx, heightPx } = rebuildDrawing(
      drawing(
        `<style>/* x */ .a{fill:#f00} #z, .b {stroke: url("#g") !important} rect{fill:blue}</style>
         <defs><linearGradient id="g"><stop offset="1" style="stop-color:red"/></linearGradient></defs>
         <script>alert(1)</script><rect class="a" width="50"/><path id="z" d="M0 0h1" style="fill:lime"/>
         <a xlink:href="javascript:alert(1)"><use href="#g"/></a><text>a &lt; <tspan>b</tspan></text>`,
        'width="100%" height="100%" viewBox="0,0 200 100" onload="alert(1)"',
      ),
    );
    expect(svg).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="100" viewBox="0 0 200 100">' +
        '<defs><linearGradient id="g"><stop offset="1" stop-color="red"/></linearGradient></defs>' +
        '<rect width="50" fill="#f00"/><path id="z" d="M0 0h1" stroke="url(#g)" fill="lime"/>' +
        '<g><use xlink:href="#g"/></g><text>a &lt; <tspan>b</tspan></text></svg>\n',
    );
    expect([widthPx, heightPx]).toEqual([1_024, 512]);
  });

  test("leaves out what a stylesheet says of some screens, of paper and of fonts", () => {
    const css = `@import url("a;b.css"); path{fill:#000} @media (prefers-color-scheme: dark){path{fill:#fff} .b{display:none}}
      @font-face{font-family:x;src:url(//evil.test)} @supports (fill:red){@media print{.b{fill:red}}} .b{stroke:blue} @media print{.b{`;
    expect(
      rebuildDrawing(drawing(`<style>${css}</style><path class="b" d="M0 0h1"/>`)).svg,
    ).toContain('<path d="M0 0h1" fill="#000" stroke="blue"/>');
  });

  test.each([
    ['width="1in" height="48px"', "96", "48", 1_024, 512],
    ['width="3000" viewBox="0 0 30 60"', "3000", "6000", 2_048, 4_096],
    ['viewBox="5 5 1.5 3"', "1.5", "3", 512, 1_024],
  ])("has the size of its root: %s", (root, width, height, widthPx, heightPx) => {
    const rebuilt = rebuildDrawing(drawing("", root));
    expect(rebuilt.svg).toContain(` width="${width}"`);
    expect(rebuilt.svg).toContain(` height="${height}"`);
    expect([rebuilt.widthPx, rebuilt.heightPx]).toEqual([widthPx, heightPx]);
  });
});

/** The drawing built anew, or null where it was refused in a sentence; anything else goes up. */
function attempt(text: string): string | null {
  try {
    return rebuildDrawing(text).svg;
  } catch (error) {
    if (!(error instanceof DrawingRefused)) throw error;
    expect(error.message).toMatch(/^[A-Z].+\.$/);
    return null;
  }
}

const chain = (at: (step: number) => string) =>
  Array.from({ length: 20_000 }, (_, step) => at(step));
const bombs: readonly (readonly [string, string])[] = [
  [
    "entities in entities",
    `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${drawing("<text>&b;</text>")}`,
  ],
  ["an unknown entity", drawing("<text>&nbsp;</text>")],
  ["an element that is not closed", drawing("<g>")],
  ["two roots", drawing("") + drawing("")],
  ["no drawing", "<html/>"],
  ["100,000 elements in each other", drawing("<g>".repeat(100_000) + "</g>".repeat(100_000))],
  ["60,000 elements", drawing("<g/>".repeat(60_000))],
  [
    "parts of parts, a billion in all",
    drawing(
      `<g id="a0"/>${Array.from({ length: 30 }, (_, step) => `<g id="a${step + 1}"><use href="#a${step}"/><use href="#a${step}"/></g>`).join("")}`,
    ),
  ],
  [
    "a long chain of parts",
    drawing(chain((step) => `<g id="a${step}"><use href="#a${step + 1}"/></g>`).join("")),
  ],
  [
    "a long chain backwards",
    drawing(chain((step) => `<g id="a${step + 1}"><use href="#a${step}"/></g>`).join("")),
  ],
  ["a part made of itself", drawing('<g id="a"><use href="#a"/></g>')],
  ["a pattern filled with itself", drawing('<pattern id="a"><path fill="url(#a)"/></pattern>')],
  ["no size", drawing("", "")],
  ["no width", drawing("", 'width="0" height="5" viewBox="0 0 9 9"')],
  ["a negative size", drawing("", 'width="-5" height="5"')],
  ["an empty plane", drawing("", 'viewBox="0 0 0 9"')],
  ["a line of a size", drawing("", 'viewBox="0 0 1 9999"')],
];

describe("a drawing that cannot be built", () => {
  test.each(bombs)("is refused soon: %s", (_, text) => {
    expect(attempt(text)).toBeNull();
  });

  test.each([
    ["an attribute's name", drawing(`<g ${"a".repeat(2e6)}="1"/>`)],
    ["a stylesheet without rules", drawing(`<style>${"a{".repeat(1e6)}</style>`)],
    ["a comment in a stylesheet", drawing(`<style>${"/*".repeat(1e6)}</style>`)],
    ["blanks in a pointer", drawing(`<g fill="url(${"&#160;".repeat(3e5)}x"/>`)],
    ["pointers", drawing(`<g fill="${"url(#a) ".repeat(2e5)}"/>`)],
    ["exclamation marks", drawing(`<g style="fill:red ${"! ".repeat(1e6)}"/>`)],
    ["digits", drawing("", `viewBox="0 0 9 9" width="${"1".repeat(2e6)}x"`)],
    ["data that is none", drawing(`<image href="data:image/png;base64,${"A".repeat(2e6)}!"/>`)],
  ])("does not take long over very many: %s", (_, text) => {
    const rebuilt = attempt(text);
    expect(rebuilt?.length ?? 0).toBeLessThan(1_000);
  });
});
