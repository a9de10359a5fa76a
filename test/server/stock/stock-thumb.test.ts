import { expect, test } from "vitest";
import { EgressError, type Egress } from "../../../server/egress.ts";
import { stockThumb } from "../../../server/routes/stock-thumb.ts";
import { openThumb, sealThumb } from "../../../server/stock/seal-thumb.ts";
import { ensureShareSecret } from "../../../server/store/share-secrets.ts";
import { sealShareKey } from "../../../server/share/share-key.ts";
import { hashOf } from "../../contract/store/rows.ts";
import { smallPng } from "../../providers/request-parts.ts";
import { useDataFolder } from "../store/data-folder.ts";

const data = useDataFolder();
const address = "https://images.pexels.com/7.jpg?w=200";

async function ask(team: string, thumb: (secret: string) => string, answer: Egress["download"]) {
  const store = await data.open();
  const random = (count: number) => new Uint8Array(count).fill(7);
  const secret = await store.transaction((tx) => ensureShareSecret(tx, "red", random));
  const asked: string[] = [];
  const egress: Pick<Egress, "download"> = {
    download: (where, ...more) => {
      asked.push(where);
      return answer(where, ...more);
    },
  };
  const given = {
    caller: { team, member: "ana", device: "device-1" },
    query: { thumb: thumb(secret) },
    signal: () => new AbortController().signal,
  };
  const [response] = await Promise.allSettled([stockThumb({ store, stock: { egress } })(given)]);
  await data.close(store);
  return { response, asked };
}
const picture: Egress["download"] = () =>
  Promise.resolve(new Response(new Uint8Array(smallPng()), { headers: { "x-secret": "theirs" } }));
const notFound = { status: "rejected", reason: { code: "not-found" } };
const sealed = (secret: string) => sealThumb(secret, "red", address);

test("a small picture that a search found comes as a picture and as nothing else", async () => {
  const { response, asked } = await ask("red", sealed, picture);
  if (response.status === "rejected") throw response.reason;
  const answer = response.value;
  expect(asked).toEqual([address]);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array(smallPng()));
  expect(Object.fromEntries(answer.headers)).toEqual({
    "cache-control": "private, max-age=86400",
    "content-security-policy": "sandbox; default-src 'none'",
    "content-type": "image/png",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
  });
});

test("nothing is fetched for an address that no search of the team found", async () => {
  const other = (secret: string) => sealThumb(`${secret}x`, "red", address);
  const shared = (secret: string) =>
    sealShareKey(secret, { team: "red", hash: hashOf("cat"), title: "" });
  const foreign = (secret: string) => sealThumb(secret, "blue", address);
  const plain = (secret: string) => sealThumb(secret, "red", "http://localhost/");
  for (const thumb of [other, shared, foreign, plain, () => "", () => "https://a.example/"]) {
    const { response, asked } = await ask("red", thumb, picture);
    expect(response).toMatchObject(notFound);
    expect(asked).toEqual([]);
  }
  const { response, asked } = await ask("blue", sealed, picture);
  expect(response).toMatchObject(notFound);
  expect(asked).toEqual([]);
});

test("what is no picture, or does not come, is not there", async () => {
  const answers: Egress["download"][] = [
    () => Promise.resolve(new Response("<svg xmlns='http://www.w3.org/2000/svg'/>")),
    () => Promise.resolve(new Response("<html>")),
    () => Promise.resolve(new Response(null, { status: 500 })),
    () => Promise.reject(new EgressError("blocked", false)),
  ];
  for (const answer of answers) {
    const { response } = await ask("red", sealed, answer);
    expect(response).toMatchObject(notFound);
  }
});

test("a link to a shared file is never read as a small picture", () => {
  const key = sealShareKey("secret", { team: "red", hash: hashOf("cat"), title: "x" });
  expect(openThumb("secret", "red", key)).toBeNull();
  expect(openThumb("secret", "red", sealThumb("secret", "red", address))).toBe(address);
});
