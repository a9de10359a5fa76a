import { afterEach, describe, expect, test } from "vitest";
import type { PlaceContent } from "#domain/place-content";
import type { FetchFunction } from "../figma/network.ts";
import { createStandIn } from "../figma/stand-in.ts";
import { buildPng } from "../helpers/build-png.ts";
import {
  charactersOf,
  closeBoards,
  openTestBoard,
  piecesOf,
  resultRecord,
  storedRecord,
  type Board,
} from "./board.ts";

afterEach(closeBoards);

type Rung = PlaceContent["rungs"][number];

const png = buildPng({ widthPx: 1024, heightPx: 512 });
const gif = new Uint8Array([...Buffer.from("GIF89a"), 64, 0, 32, 0, 0, 0, 0]);
const mp4 = new Uint8Array([0, 0, 0, 24, ...Buffer.from("ftypisom"), 0, 0, 0, 0]);
const picture = { transfer: "png", widthPx: 1024, heightPx: 512 };
const link = "https://relay.test/share/1";

async function placeOne(
  board: Board,
  rungs: Rung[],
  changes: Partial<PlaceContent["record"]> = {},
) {
  await board.send("png", png);
  await board.send("gif", gif);
  await board.send("mp4", mp4);
  const node = await board.create("image-generator");
  const record = resultRecord({ pid: `pid ${node}`, src: node, w: 1024, h: 512, ...changes });
  const outcome = await board.place({ node, rungs, title: "A field", record });
  if (outcome.kind !== "placed") throw new Error(JSON.stringify(outcome));
  return { ...outcome, node, layer: board.layer(outcome.layer), record };
}

describe.each(["figma", "figjam"] as const)("results in %s", (editor) => {
  test("an image is a filled rectangle in the card, named, described and marked", async () => {
    const board = await openTestBoard({ editor });
    const placed = await placeOne(board, [{ kind: "image-fill", picture, link: null }]);
    const { layer, node, record } = placed;
    expect([layer.type, layer.values.width, layer.values.height]).toEqual(["RECTANGLE", 248, 124]);
    expect(layer.values["fills"]).toMatchObject([{ type: "IMAGE", scaleMode: "FILL" }]);
    expect(layer.values.name).toBe("A field");
    const described = [...layer.data].find(([key]) => key.endsWith("|openNode"));
    expect(described?.[1]).toBe("=A red field, made for a test.");
    expect(storedRecord(layer, "res")).toEqual({ ...record, self: layer.id });
    const holder =
      editor === "figma" ? piecesOf(board.layer(node)).get("output") : board.layer(node);
    expect(layer.parent).toBe(holder);
  });

  test("a derived image leads to its original, in one layer", async () => {
    const board = await openTestBoard({ editor });
    const { layer } = await placeOne(board, [{ kind: "image-fill", picture, link }]);
    expect(layer.type).toBe("FRAME");
    expect(layer.values["fills"]).toMatchObject([{ type: "IMAGE" }]);
    const caption = piecesOf(layer).get("caption")!;
    const { runs } = caption.values["textText"] as { runs: { style: { hyperlink: unknown } }[] };
    expect(runs[0]?.style.hyperlink).toEqual({ type: "URL", value: link });
  });

  test("a GIF moves in FigJam and is an image in Design", async () => {
    const board = await openTestBoard({ editor });
    const moving = { transfer: "gif", widthPx: 64, heightPx: 32 };
    const rung: Rung = { kind: "image-fill", picture: moving, link: null };
    const { layer } = await placeOne(board, [rung], { media: "image/gif", w: 64, h: 32 });
    expect(layer.type).toBe(editor === "figjam" ? "MEDIA" : "RECTANGLE");
    expect([layer.values.width, layer.values.height]).toEqual([64, 32]);
  });

  test("what Figma refuses is passed by for the next rung, with nothing left behind", async () => {
    const board = await openTestBoard({ editor });
    await board.send("large", buildPng({ widthPx: 4097, heightPx: 1, rows: 0 }));
    const large: Rung = {
      kind: "image-fill",
      picture: { transfer: "large", widthPx: 4097, heightPx: 1 },
      link: null,
    };
    const { layer, rung } = await placeOne(board, [
      large,
      { kind: "text-layer", text: "Too large." },
    ]);
    expect([layer.type, rung]).toEqual(["TEXT", "text-layer"]);
    const node = await board.create("image-generator");
    const failed = await board.place({ node, rungs: [large] });
    expect(failed).toMatchObject({ kind: "failed" });
    expect((failed as { message: string }).message).toContain("too large");
  });

  test("a video is a fill where Figma takes it, else a picture that leads to it", async () => {
    const rungs: Rung[] = [
      { kind: "video-fill", transfer: "mp4", widthPx: 1280, heightPx: 720 },
      { kind: "poster-with-link", picture, link },
    ];
    const record = { media: "video/mp4", w: 1280, h: 720 } as const;
    const board = await openTestBoard({ editor });
    const { layer } = await placeOne(board, rungs, record);
    expect(layer.values["fills"]).toMatchObject([{ type: "VIDEO" }]);
    const free = await openTestBoard({ editor, switches: { starterTeam: true } });
    const poster = await placeOne(free, rungs, record);
    expect([poster.rung, poster.layer.type]).toEqual(["poster-with-link", "FRAME"]);
    expect(charactersOf(piecesOf(poster.layer).get("caption"))).toBe("Watch the video");
    expect(poster.notes).toHaveLength(1);
    const blank = await placeOne(free, [{ kind: "poster-with-link", picture: null, link }], record);
    expect(blank.layer.values["fills"]).toMatchObject([{ type: "SOLID" }]);
  });

  test("a sound is a card with its waveform, its length and a link", async () => {
    const board = await openTestBoard({ editor });
    const sound: Rung = { kind: "sound-card", picture, link, durationMs: 72_400 };
    const { layer } = await placeOne(board, [sound], { media: "audio/mpeg", w: null, h: null });
    const words = (layer.children ?? []).map(charactersOf).filter((each) => each !== "");
    expect(words).toEqual(["A field", "Listen · 1:12"]);
    const bare = { ...sound, picture: null, durationMs: null };
    const quiet = await placeOne(board, [bare], { media: "audio/mpeg", w: null, h: null });
    expect(quiet.layer.children).toHaveLength(2);
  });

  test("a text keeps its headings, its lists and its links as people read them", async () => {
    const board = await openTestBoard({ editor });
    const text =
      "# Plan\nBe **very** *kind* to `code`.\n\n- one\n  - two\n1. first\n[more](https://x.test)";
    const words = { media: "text/plain", w: null, h: null } as const;
    const { layer } = await placeOne(board, [{ kind: "text-layer", text }], words);
    expect(charactersOf(layer)).toBe("Plan\nBe very kind to code.\n\none\ntwo\nfirst\nmore");
    const { runs } = layer.values["textText"] as { runs: { style: Record<string, unknown> }[] };
    const looks = runs.map(({ style }) => style);
    const fonts = looks.map(({ fontName }) => Object.values(fontName as object).join(" "));
    expect(fonts).toEqual(
      expect.arrayContaining([
        "Inter Bold",
        "Inter Italic",
        "Roboto Mono Regular",
        "Inter Regular",
      ]),
    );
    expect(looks.map(({ indentation }) => indentation)).toEqual(expect.arrayContaining([0, 1, 2]));
    expect(looks.some(({ hyperlink }) => hyperlink !== null)).toBe(true);
    expect([layer.values.width, layer.values["textAutoResize"]]).toEqual([248, "HEIGHT"]);
  });
});

describe("rungs of FigJam alone", () => {
  const words = { media: "text/plain", w: null, h: null } as const;

  test("code and short remarks get layers of their own; Design goes on to a text", async () => {
    const text = "```ts\nlet a = 1;\n```";
    const rungs: Rung[] = [
      { kind: "code-block", text },
      { kind: "text-layer", text },
    ];
    const figjam = await openTestBoard({ editor: "figjam" });
    const code = await placeOne(figjam, rungs, words);
    expect([code.layer.values["code"], code.layer.values["codeLanguage"]]).toEqual([
      "let a = 1;",
      "TYPESCRIPT",
    ]);
    const sticky = await placeOne(figjam, [{ kind: "sticky", text: "Good." }], words);
    expect([charactersOf(sticky.layer), sticky.layer.values["authorVisible"]]).toEqual([
      "Good.",
      false,
    ]);
    const design = await openTestBoard({ editor: "figma" });
    expect((await placeOne(design, rungs, words)).rung).toBe("text-layer");
  });

  test("a video that FigJam does not take becomes a preview of its page, in one step for Undo", async () => {
    const page = `<meta property="og:title" content="A clip">`;
    const fetch: FetchFunction = () => Promise.resolve(new Response(page));
    const on = createStandIn({ editor: "figjam", seed: 3, switches: { videoInFigjam: "refuse" } });
    const board = await openTestBoard({ on, fetch });
    const rungs: Rung[] = [
      { kind: "video-fill", transfer: "mp4", widthPx: 1280, heightPx: 720 },
      { kind: "link-preview", link },
      { kind: "poster-with-link", picture: null, link },
    ];
    const record = { media: "video/mp4", w: 1280, h: 720 } as const;
    const { layer, node, rung } = await placeOne(board, rungs, record);
    expect([rung, layer.type]).toEqual(["link-preview", "LINK_UNFURL"]);
    expect(layer.parent).toBe(board.layer(node));
    on.user.undo();
    expect(on.document.layer(layer.id)).toBeNull();
    expect(on.document.layer(node)).not.toBeNull();
  });

  test("a preview that comes too late is taken away again", async () => {
    const fetch: FetchFunction = () => Promise.resolve(new Response("<p>"));
    const board = await openTestBoard({ editor: "figjam", fetch });
    const node = await board.create("video-generator");
    const before = board.standIn.document.pages[0]!.children!.length;
    const leaseEndsAtMs = board.standIn.clock.nowMs;
    const late = await board.place({
      node,
      rungs: [{ kind: "link-preview", link }],
      leaseEndsAtMs,
    });
    expect(late).toEqual({ kind: "late" });
    expect(board.standIn.document.pages[0]!.children).toHaveLength(before);
  });

  test("without a network the poster stands in for the preview", async () => {
    const board = await openTestBoard({ editor: "figjam" });
    const rungs: Rung[] = [
      { kind: "link-preview", link },
      { kind: "poster-with-link", picture: null, link },
    ];
    const { rung } = await placeOne(board, rungs, { media: "video/mp4", w: 1280, h: 720 });
    expect(rung).toBe("poster-with-link");
  });
});
