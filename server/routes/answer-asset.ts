import { hashSchema, type Asset } from "#domain/asset";
import { assetHeaders, readRange } from "../assets/asset-headers.ts";
import { pictureRecipeSchema } from "../assets/inspection.ts";
import { Refusal } from "../refusal.ts";
import { findAsset } from "../store/asset-index.ts";
import type { RouteParts } from "./route-parts.ts";

type AnswerParts = Pick<RouteParts, "store" | "assets">;

/** A form in which a picture is asked for; the asset as it is where nothing is said. */
interface AskedForm {
  readonly for?: "figma" | undefined;
  readonly width?: "256" | "512" | "1024" | undefined;
}

/** One of the team's assets in the form that is asked for. Throws a Refusal where there is none. */
export async function findForm(
  parts: AnswerParts,
  team: string,
  hash: string,
  form: AskedForm,
): Promise<Asset> {
  const asset = await findAsset(parts.store.database, team, hash);
  if (!asset) throw gone();
  if (form.for === undefined && form.width === undefined) return asset;
  const derived = await parts.assets.derive(
    team,
    asset,
    pictureRecipeSchema.parse(
      form.width === undefined
        ? { kind: "figma" }
        : { kind: "thumbnail", sidePx: Number(form.width) },
    ),
  );
  if (derived.kind === "missing") throw gone();
  if (derived.kind === "refused") throw new Refusal("asset-refused", derived.sentence);
  return derived.asset;
}

/**
 * The bytes of an asset, whole or the range that is asked for; nothing when they are known already.
 * `name` is what a saved file is called; `cache` takes the place of the usual Cache-Control.
 */
export async function answerAsset(
  parts: AnswerParts,
  asset: Asset,
  header: (name: string) => string | undefined,
  given: { readonly name?: string; readonly cache?: string } = {},
): Promise<Response> {
  const tag = `"${asset.hash}"`;
  if (header("if-none-match") === tag) {
    return new Response(null, { status: 304, headers: { ETag: tag } });
  }
  const condition = header("if-range");
  const isHeld = condition === undefined || condition === tag;
  const asked = readRange(isHeld ? header("range") : undefined, asset.bytes);
  const headers = {
    ...assetHeaders(asset, asked, given.name),
    ...(given.cache !== undefined && { "Cache-Control": given.cache }),
  };
  if (asked.kind === "unsatisfiable") return new Response(null, { status: 416, headers });
  if (!(await parts.assets.bytes.has(asset.hash))) throw gone();
  const body = parts.assets.bytes.open(asset.hash, asked.kind === "range" ? asked : undefined);
  return new Response(body, { status: asked.kind === "range" ? 206 : 200, headers });
}

/** A hash as it stands in an address. Throws a Refusal for anything else. */
export function readHash(text: string | undefined): string {
  const hash = hashSchema.safeParse(text);
  if (!hash.success) throw gone();
  return hash.data;
}

/** The same for what never was and for another team's (reliability.md T7). */
export function gone(): Refusal {
  return new Refusal("not-found", "There is no such file.");
}
