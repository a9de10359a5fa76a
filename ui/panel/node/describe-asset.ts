import { type Asset, portTypeOf } from "#domain/asset";

/** "PNG image, 1024 × 768, 1.2 MB": what an asset is, in words. */
export function describeAsset(asset: Asset): string {
  const format = (asset.mediaType.split(/\W/)[1] ?? "").toUpperCase();
  const parts = [`${format} ${portTypeOf(asset)}`];
  if (asset.widthPx !== null && asset.heightPx !== null) {
    parts.push(`${asset.widthPx} × ${asset.heightPx}`);
  }
  if (asset.durationMs !== null) parts.push(`${(asset.durationMs / 1000).toFixed(1)} s`);
  parts.push(size(asset.bytes));
  return parts.join(", ");
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
