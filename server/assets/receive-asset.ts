import type { Asset } from "#domain/asset";
import type { StockCredit } from "#domain/stock-credit";
import {
  AssetMismatch,
  AssetTooLarge,
  type AssetStore,
  type ByteSource,
  type StageOptions,
} from "./asset-store.ts";
import { inspectAsset, usualMostBytes, type Inspected } from "./inspect-asset.ts";
import type { Inspector } from "./inspector.ts";
import type { InspectionRefusal, MostBytes } from "./inspection.ts";

/** What receiving leans on. */
export interface ReceiveParts {
  readonly store: AssetStore;
  readonly inspector: Inspector;
}

/** Limits of what is received. */
export interface ReceiveOptions extends Partial<StageOptions> {
  /** The most bytes of each kind; `maxBytes` holds whatever the kind. */
  readonly mostBytes?: MostBytes;
  /** Takes SVG drawings too, built anew and without what does not draw; see rebuildDrawing. */
  readonly takesDrawings?: boolean;
  /** What has to be said wherever it is shown; kept with it. */
  readonly credit?: StockCredit;
}

/** Bytes that are safely in the store, or why they are not taken. */
export type Received =
  | { readonly kind: "kept"; readonly asset: Asset }
  | { readonly kind: "refused"; readonly code: ReceiveRefusal; readonly sentence: string };

/** Why bytes are not taken. */
export type ReceiveRefusal = InspectionRefusal["code"] | "hash-mismatch";

/**
 * The one way into the store, for uploads and for what providers made: bytes are written aside, looked
 * at, and only then kept. Nothing is left of what is refused. Throws StorageFull, what the source threw
 * and the reason of the signal.
 */
export async function receiveAsset(
  { store, inspector }: ReceiveParts,
  source: ByteSource,
  options: ReceiveOptions = {},
): Promise<Received> {
  const { mostBytes = usualMostBytes, takesDrawings = false, ...limits } = options;
  const maxBytes = limits.maxBytes ?? Math.max(...Object.values(mostBytes));
  try {
    const staged = await store.stage(source, { ...limits, maxBytes });
    try {
      const inspected = await inspectAsset(inspector, staged, mostBytes, takesDrawings);
      if (inspected.kind === "refused") return inspected;
      options.signal?.throwIfAborted();
      if (inspected.kind === "redrawn") return await keepDrawing(store, inspected, limits);
      await staged.keep();
      return { kind: "kept", asset: inspected.asset };
    } finally {
      await staged.discard();
    }
  } catch (error) {
    if (error instanceof AssetTooLarge) return refuse("too-large", error);
    if (error instanceof AssetMismatch) return refuse("hash-mismatch", error);
    throw error;
  }
}

/** Keeps a drawing that was built anew; the bytes that arrived are forgotten. */
async function keepDrawing(
  store: AssetStore,
  { svg, widthPx, heightPx }: Extract<Inspected, { readonly kind: "redrawn" }>,
  { canUseReserve = false }: Partial<StageOptions>,
): Promise<Received> {
  const content = Buffer.from(svg);
  const staged = await store.stage([content], { maxBytes: content.length, canUseReserve });
  await staged.keep();
  const { hash, bytes } = staged;
  const size = { widthPx, heightPx, durationMs: null };
  return { kind: "kept", asset: { hash, mediaType: "image/svg+xml", bytes, ...size } };
}

function refuse(code: ReceiveRefusal, { message }: Error): Received {
  return { kind: "refused", code, sentence: message };
}
