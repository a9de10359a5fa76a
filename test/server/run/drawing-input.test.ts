import { expect, test } from "vitest";
import type { Asset } from "#domain/asset";
import type { PictureRecipe } from "../../../server/assets/inspection.ts";
import { readInput } from "../../../server/run/fit-picture.ts";
import { assetNamed } from "../../helpers/build-graph.ts";

test("a model is given a drawing as a PNG, and everything else as it was kept", async () => {
  const derived: PictureRecipe[] = [];
  const png: Asset = assetNamed("drawn");
  const assets = {
    read: (hash: string) => Promise.resolve(Buffer.from(hash)),
    derive: (_team: string, _asset: Asset, recipe: PictureRecipe) => {
      derived.push(recipe);
      return Promise.resolve({ kind: "derived" as const, asset: png });
    },
  };
  const photo = assetNamed("photo", "image/jpeg");
  const drawing: Asset = { ...assetNamed("drawing"), mediaType: "image/svg+xml" };
  expect(await readInput({ assets }, "local", photo)).toEqual(Buffer.from(photo.hash));
  expect(derived).toEqual([]);
  expect(await readInput({ assets }, "local", drawing)).toEqual(Buffer.from(png.hash));
  expect(derived).toMatchObject([{ kind: "model", mediaTypes: ["image/png"], sidePx: 4_096 }]);
});
