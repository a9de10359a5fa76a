import { expect, test } from "vitest";
import type { Asset } from "#domain/asset";
import type { PictureRecipe } from "../../../server/assets/inspection.ts";
import { CallFailure } from "../../../server/providers/provider.ts";
import { fitPicture, readInput } from "../../../server/run/fit-picture.ts";
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

test("a picture that cannot be made ready costs nothing: nothing was sent yet", async () => {
  const sentence = "The SVG drawing is too complex.";
  const assets = {
    read: () => Promise.reject(new Error("not read")),
    derive: () =>
      Promise.resolve({ kind: "refused" as const, code: "too-heavy" as const, sentence }),
  };
  const limits = { mediaTypes: ["image/png" as const], sidePx: 512, maxBytes: 1e6 };
  const failed: unknown = await fitPicture(assets, "local", assetNamed("photo"), limits).catch(
    (error: unknown) => error,
  );
  expect(failed).toBeInstanceOf(CallFailure);
  expect(failed).toMatchObject({ outcome: "not-billed", failure: { code: "input-invalid" } });
});
