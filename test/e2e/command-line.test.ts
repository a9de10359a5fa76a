import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { describeRelay } from "../../server/openapi.ts";
import { rowOfShapes, runCommandLine, type Ended } from "../helpers/command-line.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-words-"));
  await save("board.json", JSON.stringify(rowOfShapes(["A calm sea", "Draft", "Large"])));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const save = (name: string, text: string) => writeFile(join(folder, name), text);
const spaces = (...words: string[]) =>
  runCommandLine(
    words.map((word) => word.replace(/^@/, `${folder}/`)),
    { SPACES_DATA: join(folder, "data") },
  );
const uses = ["--use", "1:0=text", "--use", "1:1=image-generator", "--use", "1:2=image-upscaler"];
const small = ["--set", "1:1.size=512"];

/** One or a few plain lines, a non-zero exit, and nothing of how it came about. */
function expectRefusal(ended: Ended, words: string): void {
  const said = ended.output + ended.errors;
  expect({ code: ended.code, said }).toMatchObject({ code: 1 });
  expect(said).toContain(words);
  expect(said).not.toMatch(/\n\s+at |Error:|\[object/);
}

describe("spaces read", () => {
  test("prints one JSON object with graph, suggestions, lines and issues", async () => {
    const { code, output } = await spaces("read", "@board.json", "--use", "1:0=text");
    expect(code).toBe(0);
    const board = z
      .object({
        graph: z.object({
          nodes: z.array(z.object({ id: z.string(), title: z.string() })),
          connections: z.array(z.unknown()),
        }),
        suggestions: z.array(z.object({ layer: z.string(), type: z.string() })),
        lines: z.array(
          z.object({
            layer: z.string(),
            from: z.string().nullable(),
            to: z.string().nullable(),
            status: z.string(),
            label: z.string().nullable(),
            direction: z.string(),
          }),
        ),
        issues: z.array(z.unknown()),
      })
      .parse(JSON.parse(output));
    expect(board.graph.nodes).toEqual([{ id: "1:0", title: "A calm sea" }]);
    expect(board.suggestions.map((each) => each.layer)).toEqual(["1:1", "1:2"]);
    expect(board.lines.map(({ from, to, status }) => [from, to, status])).toEqual([
      ["1:0", "1:1", "bound"],
      ["1:1", "1:2", "bound"],
    ]);
  });

  test.each([
    ["nothing", "", "the file is empty"],
    ["null", "null", "no Figma file"],
    ["a word", '"x"', "no Figma file"],
    ["a list", "[]", "no Figma file"],
    ["half a file", '{"document":{"id":"0:0","type":"DOC', "breaks off after"],
    ["no JSON", "<html>", "not JSON"],
  ])("says in a sentence that %s cannot be read", async (_what, text, words) => {
    await save("odd.json", text);
    expectRefusal(await spaces("read", "@odd.json"), words);
  });

  test("reads 10,000 layers", async () => {
    await save(
      "large.json",
      JSON.stringify(rowOfShapes(Array.from({ length: 5_000 }, (_, at) => `s${at}`))),
    );
    const { code, output } = await spaces("read", "@large.json");
    expect([code, (JSON.parse(output) as { lines: unknown[] }).lines.length]).toEqual([0, 4_999]);
  });
});

describe("spaces run", () => {
  test("shows the plan, runs it, writes the results; the second time it reuses them and says so", async () => {
    const words = ["run", "@board.json", ...uses, ...small, "--from", "1:0", "--out", "@out"];
    const first = await spaces(...words);
    expect([first.code, first.errors]).toEqual([0, ""]);
    expect(first.output).toContain("It costs nothing.");
    const report = z
      .object({
        state: z.string(),
        credits: z.number(),
        nodes: z.array(
          z.object({
            id: z.string(),
            state: z.string(),
            files: z.array(z.object({ name: z.string(), sha256: z.string() })),
          }),
        ),
      })
      .parse(JSON.parse(await readFile(join(folder, "out", "run.json"), "utf8")));
    expect(report).toMatchObject({
      state: "done",
      credits: 0,
      nodes: [
        { id: "1:1", state: "done" },
        { id: "1:2", state: "done" },
      ],
    });
    const again = await spaces(...words);
    expect(again.output.match(/reused, nothing it depends on has changed/g)).toHaveLength(2);
    const changed = await spaces(...words, "--set", "1:2.sharpen=80");
    expect(changed.output).toMatch(/Draft: reused/);
    expect(changed.output).toMatch(/Large: done/);
  });

  const run = (...words: string[]) => spaces("run", "@board.json", ...words);
  test.each([
    [
      "an unknown type of node",
      ["--use", "1:0=teleporter", "--from", "1:0"],
      '"teleporter" is no type of node',
    ],
    ["a layer that is not there", ["--use", "9:9=text", "--from", "9:9"], 'no layer "9:9"'],
    ["a node that runs nothing", ["--use", "1:0=text", "--from", "1:0"], "Nothing here runs"],
    [
      "an unknown setting",
      [...uses, "--set", "1:1.speed=9", "--from", "1:0"],
      'no setting "speed"',
    ],
    [
      "a value that is not allowed",
      [...uses, "--set", "1:1.ratio=9:99", "--from", "1:0"],
      "Ratio must be one of",
    ],
    [
      "an unknown model",
      [...uses, "--set", "1:1.model=no:where", "--from", "1:0"],
      'model "no:where" is not known',
    ],
    [
      "a model that needs a provider",
      ["--use", "1:0=text", "--use", "1:1=video-generator", "--from", "1:0"],
      "needs a provider",
    ],
    ["an unknown mode", [...uses, "--from", "1:0", "--mode", "sideways"], '"sideways" is no mode'],
    ["an unknown page", [...uses, "--from", "1:0", "--page", "Nope"], 'no page "Nope"'],
    [
      "a file that is not there",
      [...uses, "--set", "1:0.model=x", "--from", "1:0", "--bogus"],
      "Unknown option",
    ],
  ])("refuses %s in a sentence", async (_what, words, sentence) => {
    expectRefusal(await run(...words), sentence);
  });

  test("names the circle that a board makes", async () => {
    const board = rowOfShapes(["One", "Two"]) as {
      document: { children: { children: object[] }[] };
    };
    board.document.children[0]!.children.push({
      id: "3:0",
      type: "CONNECTOR",
      connectorStart: { endpointNodeId: "1:1" },
      connectorEnd: { endpointNodeId: "1:0" },
    });
    await save("circle.json", JSON.stringify(board));
    const words = ["--use", "1:0=assistant", "--use", "1:1=assistant", "--from", "1:0"];
    expectRefusal(await spaces("run", "@circle.json", ...words), "One");
  });

  test("F49: a huge prompt with NUL and half characters is read, and named where it is too long", async () => {
    const text = `a\u0000b\ud800c${"x".repeat(20_000)}`;
    await save("huge.json", JSON.stringify(rowOfShapes([text, "Draft"])));
    const words = ["--use", "1:0=text", "--use", "1:1=image-generator", "--from", "1:0", ...small];
    const ended = await spaces("run", "@huge.json", ...words);
    expect(ended.code).toBe(0);
    expect(ended.output).toContain("only the first 10000");
  });

  test("ends with an error that names the node that failed", async () => {
    const words = [...uses, "--set", "1:1.size=4096", "--set", "1:2.scale=16", "--from", "1:0"];
    expectRefusal(await run(...words), 'Failed at "Large"');
  });
});

describe("the other words", () => {
  test("doctor says what is there", async () => {
    const { code, output } = await spaces("doctor");
    expect([code, output]).toEqual([0, expect.stringMatching(/4 of \d+ can run/)]);
  });

  test("unshare ends the links and says so", async () => {
    const { code, output } = await spaces("unshare");
    expect([code, output]).toEqual([0, expect.stringContaining("No link that was given out")]);
  });

  test("openapi prints the document", async () => {
    const { output } = await spaces("openapi");
    const { version } = z
      .object({ info: z.object({ version: z.string() }) })
      .parse(JSON.parse(output)).info;
    expect(JSON.parse(output)).toEqual(describeRelay(version));
  });

  test("an unknown one says where help is", async () => {
    expectRefusal(await spaces("fly"), "help");
  });
});
