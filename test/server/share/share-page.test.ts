import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { embedSchema } from "../../../server/declared-routes.ts";
import { describeEmbed } from "../../../server/share/describe-embed.ts";
import { drawNoSharePage, drawSharePage } from "../../../server/share/share-page.ts";
import { sharePlace } from "../../../server/share/share-place.ts";
import { assetNamed } from "../../helpers/build-graph.ts";

const place = sharePlace("localhost:4517", "KEY");
const picture = { ...assetNamed("cat"), widthPx: 4_000, heightPx: 3_000 };
const video = {
  ...assetNamed("film", "video/mp4"),
  widthPx: 1_920,
  heightPx: 1_080,
  durationMs: 4_000,
};
const sound = { ...assetNamed("purr", "audio/wav"), widthPx: null, heightPx: null };
const text = { ...assetNamed("poem", "text/plain"), widthPx: null, heightPx: null };
const all = [picture, video, sound, text];

/** The names of a page's elements and attributes, in their order; never of what is inside of quotes. */
function shapeOf(page: string): string[] {
  const tags = page.matchAll(/<(\/?[a-z0-9!]+)((?:[^>"]|"[^"]*")*)>/gi);
  return [...tags].map(([, name = "", rest = ""]) => name + rest.replace(/"[^"]*"/g, ""));
}

describe("the page of a shared asset", () => {
  test("has the same shape whatever its title is", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        `"><script>alert(1)</script>`,
        `</title><img src=x onerror=alert(1)>`,
        `</style><svg onload=alert(1)>`,
        `' onload='alert(1)`,
        `<!--`,
        `&lt;b&gt;`,
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom(...all.map((_, at) => at)), async (title, at) => {
        fc.pre(title.trim() !== "");
        const usual = await drawSharePage(all[at]!, "Title", place);
        const page = await drawSharePage(all[at]!, title, place);
        expect(shapeOf(page.text)).toEqual(shapeOf(usual.text));
      }),
    );
  });

  test("shows a drawing as the relay's picture of it, and lets it be saved as it is", async () => {
    const drawing = { ...picture, mediaType: "image/svg+xml" as const };
    const { text: page } = await drawSharePage(drawing, "Title", place);
    expect(page).toContain(`<img src="${place.file}?width=1024"`);
    expect(page).toContain(`<a href="${place.file}" download>`);
  });

  test("says a title as it was written", async () => {
    const { text: page } = await drawSharePage(picture, `Tom & <b>"Jerry"</b>`, place);
    const said = "Tom &amp; &lt;b&gt;&quot;Jerry&quot;&lt;/b&gt;";
    expect(page).toContain(`<title>${said}</title>`);
    expect(page).toContain(`property="og:title" content="${said}"`);
    expect(page).not.toContain("<b>");
  });

  test.each([
    ["Picture", picture, "<img"],
    ["Video", video, "<video"],
    ["Sound", sound, "<audio"],
    ["Text", text, "Download"],
  ])("is called %s without a title, and shows it", async (title, asset, shown) => {
    const { text: page } = await drawSharePage(asset, "  ", place);
    expect(page).toContain(`<title>${title}</title>`);
    expect(page).toContain(shown);
  });

  test("allows no script and nothing of another site, and its policy knows its own style", async () => {
    for (const page of [await drawSharePage(picture, "A cat", place), await drawNoSharePage()]) {
      const policy = page.headers["Content-Security-Policy"]!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/script-src|unsafe|\*/);
      expect(page.text).not.toContain("<script");
    }
  });

  test("tells link previews what it is and where its oEmbed answer lies", async () => {
    const { text: page } = await drawSharePage(video, "A film", place);
    const origin = "http://localhost:4517/v1/share/KEY";
    for (const [property, content] of [
      ["og:type", "video.other"],
      ["og:url", origin],
      ["og:video", `${origin}/file`],
      ["og:video:type", "video/mp4"],
      ["og:video:width", "1920"],
      ["og:description", "Video, 1920 x 1080 pixels, 4.0 seconds, 1 kB"],
    ]) {
      expect(page).toContain(`<meta property="${property}" content="${content}" />`);
    }
    const link = `<link rel="alternate" type="application/json+oembed" href="${origin}/oembed" />`;
    expect(page).toContain(link);
  });
});

describe("the addresses of a share link", () => {
  test.each([
    ["localhost:4517", "http://localhost:4517"],
    ["127.0.0.1:4517", "http://127.0.0.1:4517"],
    ["[::1]:4517", "http://[::1]:4517"],
    ["relay.example.com", "https://relay.example.com"],
    ["localhost.example.com", "https://localhost.example.com"],
  ])("under %s begin with %s", (host, origin) => {
    expect(sharePlace(host, "KEY")).toEqual({
      page: `${origin}/v1/share/KEY`,
      file: `${origin}/v1/share/KEY/file`,
      embed: `${origin}/v1/share/KEY/oembed`,
    });
  });
});

describe("the oEmbed answer", () => {
  const answer = async (...given: Parameters<typeof describeEmbed>) =>
    embedSchema.parse(await describeEmbed(...given));

  test("of a video and of a sound is a frame with the page", async () => {
    const film = await answer(video, `"A" film`, place, {});
    expect(film).toMatchObject({ type: "video", width: 1_920, height: 1_080 });
    expect(film.html).toContain(`src="${place.page}"`);
    expect(film.html).toContain(`title="&quot;A&quot; film"`);
    expect(await answer(sound, "Purr", place, {})).toMatchObject({ type: "rich", width: 480 });
  });

  test("of a picture is a photo, of a text a link", async () => {
    expect(await answer(picture, "A cat", place, {})).toMatchObject({
      type: "photo",
      url: `${place.file}?width=1024`,
      width: 1_024,
      height: 768,
    });
    expect((await answer(text, "A poem", place, {})).type).toBe("link");
  });

  test("is never larger than there is room, and keeps its shape", async () => {
    const room = fc.record({ maxwidth: fc.integer({ min: 1, max: 5_000 }) });
    await fc.assert(
      fc.asyncProperty(room, fc.constantFrom(picture, video, sound), async (most, asset) => {
        const { width, height } = await answer(asset, "A", place, most);
        expect(width).toBeLessThanOrEqual(most.maxwidth);
        expect(Math.min(width!, height!)).toBeGreaterThanOrEqual(1);
      }),
    );
    expect(await answer(video, "A", place, { maxheight: 540 })).toMatchObject({
      width: 960,
      height: 540,
    });
  });
});
