import type { Asset } from "#domain/asset";
import { RunFailure } from "#domain/failure";
import { figmaImageLimitPx } from "#domain/placement";
import type { Assets } from "../assets/assets.ts";
import type { PictureRecipe } from "../assets/inspection.ts";
import { CallFailure, type FittedPicture, type PictureLimits } from "../providers/provider.ts";

const drawnInput = { sidePx: figmaImageLimitPx, maxBytes: 50e6 } as const;

/** A picture of a team within a model's limits, made once for everyone who asks; see {@link AssetInput}. */
export async function fitPicture(
  assets: Pick<Assets, "read" | "derive">,
  team: string,
  asset: Asset,
  limits: PictureLimits,
): Promise<FittedPicture> {
  return derivePicture(assets, team, asset, {
    kind: "model",
    ...limits,
    mediaTypes: [...limits.mediaTypes],
  });
}

/** The bytes of a team's asset for a model: a drawing as a PNG, which every model knows. */
export async function readInput(
  { assets }: { readonly assets: Pick<Assets, "read" | "derive"> },
  team: string,
  asset: Asset,
): Promise<Uint8Array> {
  if (asset.mediaType !== "image/svg+xml") return assets.read(asset.hash);
  const limits = { mediaTypes: ["image/png"], ...drawnInput } as const;
  return (await fitPicture(assets, team, asset, limits)).bytes;
}

/** A picture of a team in another form. */
export async function derivePicture(
  assets: Pick<Assets, "read" | "derive">,
  team: string,
  asset: Asset,
  recipe: PictureRecipe,
): Promise<FittedPicture> {
  const derived = await assets.derive(team, asset, recipe);
  if (derived.kind === "missing") {
    throw new RunFailure({
      code: "asset-missing",
      message: "A file that this node needs is not in the relay any more. Upload it again.",
      isRetryable: false,
    });
  }
  if (derived.kind === "refused") {
    const message = `A picture of this node cannot be sent. ${derived.sentence}`;
    // It is made ready before anything is sent.
    throw new CallFailure({ code: "input-invalid", message, isRetryable: false }, "not-billed");
  }
  const { hash, mediaType, widthPx, heightPx } = derived.asset;
  if (widthPx === null || heightPx === null) throw new Error("A derived picture has no size.");
  return { bytes: await assets.read(hash), mediaType, widthPx, heightPx };
}
