import { assetSchema, type Asset } from "#domain/asset";
import { StorageFull } from "./asset-store.ts";
import type { Inspector } from "./inspector.ts";
import type { InspectionRefusal, InspectionReply, MostBytes } from "./inspection.ts";

/** What is known of bytes before anybody looked at them. */
export interface Uninspected {
  readonly hash: string;
  readonly bytes: number;
  readonly file: string;
}

/**
 * Bytes that are an asset, the drawing that takes the place of bytes that were one, or why they are
 * neither.
 */
export type Inspected =
  | { readonly kind: "accepted"; readonly asset: Asset }
  | Extract<InspectionReply, { readonly kind: "redrawn" }>
  | InspectionRefusal;

/** The usual most bytes of a kind (Figma takes videos up to 100 MB; results exceed uploads). */
export const usualMostBytes: MostBytes = { image: 50e6, video: 100e6, audio: 50e6, text: 1e6 };

/**
 * Looks at a file in another process and describes it by its bytes alone, never by a name or a claimed
 * type. Pictures are decoded whole and have their upright size. Videos and sounds are told by their
 * signature only: their size and duration stay null, since nothing here decodes them. An SVG drawing is
 * refused unless drawings are taken; of one that is, only what was built anew may be kept.
 */
export async function inspectAsset(
  inspector: Inspector,
  { hash, bytes, file }: Uninspected,
  mostBytes: MostBytes = usualMostBytes,
  takesDrawings = false,
): Promise<Inspected> {
  const reply = await inspector.ask({ kind: "inspect", file, bytes, mostBytes, takesDrawings });
  if (reply.kind === "refused" || reply.kind === "redrawn") return reply;
  if (reply.kind !== "accepted") throw inspectionBroken(reply);
  const { mediaType, widthPx, heightPx } = reply;
  const asset = assetSchema.parse({ hash, mediaType, bytes, widthPx, heightPx, durationMs: null });
  return { kind: "accepted", asset };
}

/** The error of a reply that is the machine's fault, or makes no sense. */
export function inspectionBroken(reply: InspectionReply): Error {
  return reply.kind === "broken" && reply.reason === "storage-full"
    ? new StorageFull()
    : new Error("The relay could not read a file of its own.");
}
