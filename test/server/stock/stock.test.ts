import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { magnificStocks } from "../../../server/stock/magnific.ts";
import { pexels } from "../../../server/stock/pexels.ts";
import { unsplash } from "../../../server/stock/unsplash.ts";
import type { Behaviour } from "../../helpers/fault-server.ts";
import { describeShared } from "../../helpers/shared-folder.ts";
import { openApiConformer, type Conformer } from "../../providers/conformer.ts";
import type { Json, JsonRecord } from "../../providers/normalize-schema.ts";
import { smallPng } from "../../providers/request-parts.ts";
import {
  checkSearches,
  describeStock,
  openStock,
  plain,
  type StockStandIn,
} from "./stock-contract.ts";

const filesHost = "files.stock.example";
const file = `https://${filesHost}/whole.jpg?sig=1`;

/** Answers files, and what `say` has for a path. */
const answering =
  (say: (path: string) => unknown): Behaviour =>
  (response, { headers, path }) => {
    if (headers.host === filesHost) response.end(smallPng());
    else response.setHeader("content-type", "application/json").end(JSON.stringify(say(path)));
  };

const pexelsPhoto = {
  id: 1181,
  width: 4_000,
  height: 3_000,
  url: "https://www.pexels.com/photo/1181/",
  alt: "A red\n\u001b[31m apple ",
  avg_color: "#7E7F7B",
  photographer: "Jane Doe",
  photographer_url: "https://www.pexels.com/@jane",
  src: { original: file, large: file, medium: file },
};
const forPexels: StockStandIn = {
  declaration: pexels,
  fileHosts: [filesHost],
  id: "1181",
  takes: [/^\/v1\/photos\/1181$/],
  good: answering((path) =>
    path.startsWith("/v1/search")
      ? {
          photos: [{ ...pexelsPhoto, alt: "A red\napple " }],
          next_page: "https://api.pexels.com/v1/",
        }
      : pexelsPhoto,
  ),
  conformer: null,
};

const unsplashPhoto = {
  id: "LBI7cgq3pbM",
  width: 5_245,
  height: 3_497,
  color: "#60544D",
  description: "A red apple",
  urls: { raw: file, full: file, regular: file, small: file, thumb: file },
  links: {
    html: "https://unsplash.com/photos/LBI7cgq3pbM",
    download_location: "https://api.unsplash.com/photos/LBI7cgq3pbM/download?ixid=abc",
  },
  user: { name: "Jane Doe", links: { html: "https://unsplash.com/@jane" } },
};
const forUnsplash: StockStandIn = {
  declaration: unsplash,
  fileHosts: [filesHost],
  id: "LBI7cgq3pbM",
  takes: [/^\/photos\/LBI7cgq3pbM$/, /^\/photos\/LBI7cgq3pbM\/download\?ixid=abc$/],
  good: answering((path) => {
    if (path.startsWith("/search")) return { total: 99, total_pages: 9, results: [unsplashPhoto] };
    return path.includes("/download") ? { url: file } : unsplashPhoto;
  }),
  conformer: null,
};

const resource = (type: string) => ({
  id: 15_667_327,
  title: "A red apple",
  url: "https://www.freepik.com/free-photo/apple_15667327.htm",
  licenses: [{ type: "freemium", url: "https://www.freepik.com/profile/license/pdf/1" }],
  image: { type, orientation: "horizontal", source: { url: file, key: "large", size: "740x640" } },
  author: { id: 7, name: "Jane Doe", avatar: file, slug: "jane", assets: 1 },
});
const forMagnific = (at: number, type = "photo"): StockStandIn => ({
  declaration: magnificStocks[at]!,
  fileHosts: [filesHost],
  id: "15667327",
  takes: [
    /^\/v1\/resources\/15667327$/,
    type === "vector" ? /\/download\/jpg$/ : /\/download\?image_size=original$/,
  ],
  good: answering((path) => {
    const given = { filename: "a.jpg", url: "https://www.freepik.com/a", signed_url: file };
    if (path.includes("/download/jpg")) return { data: [given] };
    if (path.includes("/download")) return { data: given };
    if (path.includes("?")) {
      const data = [resource("photo"), resource("psd")];
      return { data, meta: { current_page: 1, per_page: 24, last_page: 9, total: 200 } };
    }
    const { url, author } = resource(type);
    return { data: { id: 1, name: "A red apple", type, url, author, premium: false } };
  }),
  conformer: null,
});

describeStock(forPexels);
describeStock(forUnsplash);
describeStock(forMagnific(0));
describeStock(forMagnific(1));

const spec = async (path: string, prefix = ""): Promise<Conformer> => {
  const text = await readFile(path, "utf8");
  const read: unknown = path.endsWith(".yaml") ? parse(text) : JSON.parse(text);
  return openApiConformer(read as Json, prefix, withDownloadWord);
};
/** The address of a download comes from Unsplash with a word of its own behind it. */
function withDownloadWord(document: JsonRecord): JsonRecord {
  const words = `"ixid","in":"query","schema":{"type":"string"}},{"name":`;
  const text = JSON.stringify(document).replace(
    /("\/photos\/\{id\}\/download":\{"get":\{"parameters":\[\{"name":)/,
    `$1${words}`,
  );
  return JSON.parse(text) as JsonRecord;
}
describeShared("Stock libraries by their specifications", "specs/", (folder) => {
  const judged: readonly (readonly [string, StockStandIn, () => Promise<Conformer>, string])[] = [
    [
      "Pexels",
      forPexels,
      () => spec(`${folder}pexels.unofficial.yaml`, "/v1"),
      "/v1/search?per_page=81",
    ],
    [
      "Unsplash",
      forUnsplash,
      () => spec(`${folder}unsplash.json`),
      "/search/photos?query=a&orientation=square",
    ],
    [
      "Magnific",
      forMagnific(0),
      () => spec(`${folder}magnific.json`),
      "/v1/resources?filters[color]=ultraviolet",
    ],
  ];
  test.each(judged)(
    "%s takes what is asked, and flags what it does not",
    async (_, library, open, wrong) => {
      const conformer = await open();
      await checkSearches({ ...library, conformer: () => Promise.resolve(conformer) });
      const sent = { method: "GET", path: wrong, headers: {}, body: "" };
      expect(await conformer.check(sent)).not.toEqual([]);
    },
  );
});

test("what a library says cannot move the cursor of a terminal", async () => {
  const nasty = { ...pexelsPhoto, photographer: "Jane\u001b[2J\u202e Doe" };
  const { stock, using } = await openStock(
    forPexels,
    answering(() => ({ photos: [nasty], next_page: null })),
  );
  const { pictures, hasMore } = await stock.search(plain, using);
  expect(pictures[0]?.title).toBe("A red [31m apple");
  expect(pictures[0]?.author.name).toBe("Jane [2J Doe");
  expect(hasMore).toBe(false);
});

test("an address of a picture that is not https is none", async () => {
  const bad = { ...pexelsPhoto, src: { ...pexelsPhoto.src, medium: "javascript:alert(1)" } };
  const { stock, using } = await openStock(
    forPexels,
    answering(() => ({ photos: [bad] })),
  );
  await expect(stock.search(plain, using)).rejects.toMatchObject({ kind: "unavailable" });
});

test("a picture that is not as it should be does not hide the others", async () => {
  const odd = { ...pexelsPhoto, src: {} };
  const photos = [odd, { ...pexelsPhoto, width: -1 }];
  const { stock, using } = await openStock(
    forPexels,
    answering(() => ({ photos })),
  );
  const { pictures } = await stock.search(plain, using);
  expect(pictures.map(({ id, widthPx }) => [id, widthPx])).toEqual([["1181", null]]);
});

test("Unsplash is told of a taking, and credits lead there by our name", async () => {
  const { stock, using } = await openStock(forUnsplash);
  const { credit } = await stock.take(forUnsplash.id, using);
  expect(credit).toEqual({
    line: "Photo by Jane Doe on Unsplash",
    author: {
      name: "Jane Doe",
      url: "https://unsplash.com/@jane?utm_source=spaces_for_figma&utm_medium=referral",
    },
    pageUrl:
      "https://unsplash.com/photos/LBI7cgq3pbM?utm_source=spaces_for_figma&utm_medium=referral",
    licence: "Unsplash licence",
  });
});

test("Unsplash's hour that is used up is a limit, not a wrong key", async () => {
  const { stock, using } = await openStock(forUnsplash, (response) => {
    response.writeHead(403, { "x-ratelimit-remaining": "0" }).end("Rate Limit Exceeded");
  });
  await expect(stock.search(plain, using)).rejects.toMatchObject({ kind: "limited" });
});

test("an address for the download that is elsewhere gets no key", async () => {
  const links = { ...unsplashPhoto.links, download_location: `https://${filesHost}/steal` };
  const { stock, using, server } = await openStock(
    forUnsplash,
    answering(() => ({ ...unsplashPhoto, links })),
  );
  await expect(stock.take(forUnsplash.id, using)).rejects.toMatchObject({ kind: "unavailable" });
  expect(server.arrived).toHaveLength(1);
});

test("a vector of Magnific is taken as a JPEG", async () => {
  const library = forMagnific(0, "vector");
  const { stock, using, server } = await openStock(library);
  expect((await stock.take(library.id, using)).bytes).toEqual(smallPng());
  expect(server.arrived.map(({ path }) => path)).toEqual([
    "/v1/resources/15667327",
    "/v1/resources/15667327/download/jpg",
    "/whole.jpg?sig=1",
  ]);
});
