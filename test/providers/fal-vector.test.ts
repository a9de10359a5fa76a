import { afterAll, beforeAll, expect, test } from "vitest";
import { RunFailure } from "#domain/failure";
import { openDiskAssetStore } from "../../server/assets/disk-asset-store.ts";
import { createInspector } from "../../server/assets/inspector.ts";
import { receiveAsset, type ReceiveParts } from "../../server/assets/receive-asset.ts";
import type { ProviderResult } from "../../server/providers/provider.ts";
import { keepOutputs } from "../../server/run/keep-outputs.ts";
import { listFiles, makeFolder, removeFolder } from "../helpers/asset-folder.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import { noDerived } from "../helpers/no-keys.ts";
import { falCases, falStandIn, goodFal } from "./fal-stand-in.ts";
import { finish } from "./provider-contract.ts";
import { openVendor } from "./vendor-world.ts";

const asked = falCases.find(({ model }) => model === "fal:fal-ai/recraft/v4/text-to-vector")!;
const vendor = falStandIn([asked]);
const inspector = createInspector({ processes: 1 });
let folder = "";
let ingest: ReceiveParts;
beforeAll(async () => {
  folder = await makeFolder();
  ingest = { inspector, store: await openDiskAssetStore({ folder, minimumFreeBytes: 0 }) };
});
afterAll(async () => {
  await inspector.close();
  await removeFolder(folder);
});

/** Asks for a drawing whose file is this, over the queue and the download, up to what is kept of it. */
async function keptOf(svg: string) {
  const answer: Behaviour = (response, arrived) => {
    if (arrived.headers.host !== vendor.fileHosts[0]) goodFal(response, arrived);
    else response.setHeader("content-type", "image/svg+xml").end(svg);
  };
  const world = await openVendor(vendor, answer);
  const result: ProviderResult = await finish(vendor, world, asked);
  const assets = {
    keep: (_team: string, bytes: Uint8Array) =>
      receiveAsset(ingest, [bytes], { canUseReserve: true, takesDrawings: true }),
    derive: noDerived,
    read: () => Promise.reject(new Error("Nothing is read.")),
  };
  return keepOutputs({ assets }, "local", vendor.declaration.title, result, asked.request);
}

const drawing = (inner: string, root = 'width="100%" height="100%" viewBox="0 0 1024 1024"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${root}>${inner}</svg>`;
const area = '<path d="M0 0L1024 0L0 1024Z" fill="rgb(9,99,199)" transform="translate(0,0)"/>';

test("a drawing of Recraft's is kept as an SVG", async () => {
  const [item, ...others] = await keptOf(drawing(area));
  expect(others).toEqual([]);
  expect(item).toMatchObject({
    kind: "asset",
    asset: { mediaType: "image/svg+xml", widthPx: 1_024, heightPx: 1_024 },
  });
});

test.each([
  ["a script alone", drawing("<script>alert(1)</script>")],
  ["entities in entities", `<!DOCTYPE svg [<!ENTITY a "a"><!ENTITY b "&a;&a;">]>${drawing("&b;")}`],
  [
    "a picture from elsewhere alone",
    drawing('<image href="https://evil.test/x.png" width="9" height="9"/>'),
  ],
  ["fifty megabytes", drawing(area.padEnd(50e6))],
  ["very many elements in each other", drawing("<g>".repeat(1e5) + area + "</g>".repeat(1e5))],
  ["no end", drawing(area).slice(0, -9)],
  ["no size", drawing(area, 'width="0" height="0"')],
  ["no drawing but a page", "<!doctype html><script>alert(1)</script>"],
])("a drawing with %s is not shown, in a sentence that says what it cost", async (_, svg) => {
  const before = await listFiles(folder);
  const error: unknown = await keptOf(svg).catch((reason: unknown) => reason);
  if (!(error instanceof RunFailure)) throw new Error("It was kept.", { cause: error });
  expect(error.failure.code).toBe("result-invalid");
  expect(error.failure.message).toMatch(
    /^The result of fal cannot be used\. [A-Z].+\. No credits were spent; fal charges for it all the same\. Run it again, or choose another model\.$/,
  );
  expect(await listFiles(folder)).toEqual(before);
});
