import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { assetSchema, portTypeOf, type Asset } from "#domain/asset";
import type { AssetStore } from "./asset-store.ts";
import { diskFiles, makeSweptFolder, type FileOperations } from "./file-operations.ts";
import { inspectionBroken, usualMostBytes } from "./inspect-asset.ts";
import type { Inspector } from "./inspector.ts";
import type { InspectionRefusal, PictureRecipe } from "./inspection.ts";
import { fileSize, readFile } from "./read-file.ts";

/** What deriving leans on; `folder` belongs to it alone. */
export interface DeriveParts {
  readonly store: AssetStore;
  readonly inspector: Inspector;
  readonly folder: string;
  /** What was being written before this time is swept; whatever there is unless said. */
  readonly sweepBeforeMs?: number;
  readonly files?: FileOperations;
}

/** A derived picture, which is an asset of its own; or why there is none. */
export type Derived =
  | { readonly kind: "derived"; readonly asset: Asset }
  | { readonly kind: "missing" }
  | InspectionRefusal;

/** Makes smaller or converted pictures of assets, each once. */
export interface DerivedPictures {
  /**
   * "missing" when the store does not have the asset. Who asks for the same at the same time shares one
   * piece of work. Throws StorageFull.
   */
  derive(asset: Asset, recipe: PictureRecipe): Promise<Derived>;
}

/** Changes when a recipe makes another picture than before, so that old ones are not found. */
const recipeVersion = 1;

/**
 * Opens the memory of derived pictures: a small file `<hash>-<recipe>` names the asset that was made.
 * A picture that was removed from the store, or whose file is damaged, is made again.
 */
export async function openDerivedPictures(parts: DeriveParts): Promise<DerivedPictures> {
  const { folder, files = diskFiles } = parts;
  const temp = join(folder, "temp");
  await makeSweptFolder(files, temp, parts.sweepBeforeMs ?? Infinity);
  const underWay = new Map<string, Promise<Derived>>();
  return {
    derive: (asset, recipe) => {
      const key = `${asset.hash}-${nameOf(recipe)}`;
      const shared = underWay.get(key);
      if (shared) return shared;
      const memory = join(folder, asset.hash.slice(0, 2), key);
      const work = findOrMake({ ...parts, files, temp, memory }, asset, recipe);
      underWay.set(key, work);
      const forget = () => underWay.delete(key);
      work.then(forget, forget);
      return work;
    },
  };
}

/** The parts of one derivation. */
interface Derivation extends DeriveParts {
  readonly files: FileOperations;
  readonly temp: string;
  readonly memory: string;
}

async function findOrMake(
  derivation: Derivation,
  asset: Asset,
  recipe: PictureRecipe,
): Promise<Derived> {
  if (portTypeOf(asset) !== "image") {
    const sentence = "Only a picture can be shown in another size.";
    return { kind: "refused", code: "type-unsupported", sentence };
  }
  const known = await recall(derivation);
  if (known) return { kind: "derived", asset: known };
  const output = join(derivation.temp, randomUUID());
  try {
    const made = await make(derivation, asset, { recipe, output });
    if (made.kind === "derived") await remember(derivation, made.asset);
    return made;
  } finally {
    await derivation.files.rm(output, { force: true });
  }
}

async function make(
  { store, inspector, files }: Derivation,
  asset: Asset,
  { recipe, output }: { readonly recipe: PictureRecipe; readonly output: string },
): Promise<Derived> {
  const reply = await store.withFile(asset.hash, (file) =>
    inspector.ask({ kind: "derive", file, mediaType: asset.mediaType, output, recipe }),
  );
  if (reply === null) return { kind: "missing" };
  if (reply.kind === "refused") return reply;
  if (reply.kind !== "derived") throw inspectionBroken(reply);
  const { mediaType, widthPx, heightPx } = reply;
  const maxBytes = 2 * usualMostBytes.image;
  const staged = await store.stage(readFile(files, output), { maxBytes, canUseReserve: true });
  await staged.keep();
  const { hash, bytes } = staged;
  return {
    kind: "derived",
    asset: { hash, bytes, mediaType, widthPx, heightPx, durationMs: null },
  };
}

async function recall({ store, files, memory }: Derivation): Promise<Asset | null> {
  if ((await fileSize(files, memory)) === null) return null;
  try {
    const asset = assetSchema.parse(JSON.parse(await files.readFile(memory, "utf8")));
    return (await store.sizeOf(asset.hash)) === asset.bytes ? asset : null;
  } catch {
    return null;
  }
}

async function remember({ files, temp, memory }: Derivation, asset: Asset): Promise<void> {
  const draft = join(temp, randomUUID());
  const handle = await files.open(draft, "wx", 0o600);
  try {
    await handle.writeFile(JSON.stringify(asset));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await files.mkdir(dirname(memory), { recursive: true, mode: 0o700 });
  await files.rename(draft, memory);
}

function nameOf(recipe: PictureRecipe): string {
  return `${parametersOf(recipe).join("-")}-v${recipeVersion}`;
}

function parametersOf(recipe: PictureRecipe): (string | number)[] {
  switch (recipe.kind) {
    case "figma":
      return [recipe.kind];
    case "thumbnail":
      return [recipe.kind, recipe.sidePx];
    case "mask":
      return [recipe.kind, recipe.form, recipe.widthPx, recipe.heightPx];
    case "model": {
      const formats = recipe.mediaTypes.map((type) => type.replace("image/", ""));
      return [recipe.kind, recipe.sidePx, recipe.maxBytes, ...formats];
    }
  }
}
