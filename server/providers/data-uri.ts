import type { FittedPicture } from "./provider.ts";

/** A file as an address that holds it whole. */
export function dataUri({ mediaType, bytes }: Pick<FittedPicture, "mediaType" | "bytes">): string {
  return `data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}`;
}
