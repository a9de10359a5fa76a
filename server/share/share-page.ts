import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { portTypeOf, type Asset } from "#domain/asset";
import { previewTags } from "./preview-tags.ts";
import type { SharePlace } from "./share-place.ts";
import { shareFacts, shareTitle } from "./share-words.ts";

/** A page as a Response is made of it. */
export interface Page {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Html = ReturnType<typeof html>;

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 24px; }
main { max-width: 1024px; margin: 0 auto; }
img, video { display: block; max-width: 100%; max-height: 80vh; margin: 0 auto; border-radius: 8px; }
audio { display: block; width: 100%; }
h1 { margin: 16px 0 4px; font-size: 20px; line-height: 1.3; overflow-wrap: anywhere; }
p { margin: 0; }
a { display: inline-block; padding: 8px 0; }
`;

/**
 * The page shows files of this relay and nothing else; no script runs on it. Any site may frame it:
 * link previews do so, through sites of their own, and there is nothing on it that acts for anybody.
 */
const policy = [
  "default-src 'none'",
  "img-src 'self'",
  "media-src 'self'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors https:",
].join("; ");

/**
 * The page of a shared asset: the picture, the video or the sound, its title and a link to save it;
 * for link previews its Open Graph tags (https://ogp.me) and where its oEmbed answer is.
 */
export async function drawSharePage(
  asset: Asset,
  givenTitle: string,
  place: SharePlace,
): Promise<Page> {
  const title = shareTitle(asset, givenTitle);
  const facts = shareFacts(asset);
  const tags = { "og:title": title, "og:description": facts, ...previewTags(asset, place) };
  const head = html`${Object.entries(tags).map(
      ([property, content]) => html`<meta property="${property}" content="${content}" />`,
    )}<link rel="alternate" type="application/json+oembed" href="${place.embed}" />`;
  const body = html`${show(asset, title, place)}
    <h1 dir="auto">${title}</h1>
    <p>${facts}</p>
    <p><a href="${place.file}" download>Download</a></p>`;
  return drawPage(title, head, body);
}

/** The page of a link that leads nowhere, whatever the reason. */
export function drawNoSharePage(): Promise<Page> {
  const title = "This link does not lead anywhere";
  const sentence =
    "It may have been ended, or the file is not kept any more. Ask whoever gave it to you for a new one.";
  return drawPage(
    title,
    html``,
    html`<h1>${title}</h1>
      <p>${sentence}</p>`,
  );
}

async function drawPage(title: string, head: Html, body: Html): Promise<Page> {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${head} ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `;
  return {
    text: String(await page),
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy },
  };
}

function show(asset: Asset, title: string, { file }: SharePlace): Html {
  switch (portTypeOf(asset)) {
    case "image":
      return html`<img src="${shownFile(asset, file)}" alt="${title}" />`;
    case "video":
      return html`<video src="${file}" aria-label="${title}" controls playsinline loop></video>`;
    case "audio":
      return html`<audio src="${file}" aria-label="${title}" controls></audio>`;
    case "text":
      return html``;
  }
}

/** A drawing is shown as the relay's picture of it, everything else as it is. */
function shownFile({ mediaType }: Asset, file: string): string {
  return mediaType === "image/svg+xml" ? `${file}?width=1024` : file;
}
