import { portTypeOf, type Asset } from "#domain/asset";
import { contentDisposition } from "./content-disposition.ts";

/** What of an asset is asked for, by a Range header; both ends belong to it. */
export type AskedRange =
  | { readonly kind: "whole" }
  | { readonly kind: "range"; readonly start: number; readonly end: number }
  | { readonly kind: "unsatisfiable" };

/**
 * Reads a Range header against an asset of so many bytes: one range, also from the end. Anything else,
 * well-formed or not, asks for the whole, as a server may decide (RFC 9110, 14.2). Whether If-Range
 * still holds is for the caller to say.
 */
export function readRange(header: string | null | undefined, bytes: number): AskedRange {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (!match || (first === "" && last === "")) return { kind: "whole" };
  if (first === "") {
    const length = Math.min(Number(last), bytes);
    if (length > 0) return { kind: "range", start: bytes - length, end: bytes - 1 };
    return { kind: Number(last) === 0 ? "unsatisfiable" : "whole" };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return { kind: "whole" };
  if (start >= bytes) return { kind: "unsatisfiable" };
  return { kind: "range", start, end: last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1) };
}

/**
 * The headers of an asset's bytes (reliability.md T12): its type by our own decoder, never shown as a
 * page, never sniffed, readable by the panel, whose origin is null. Pictures, videos and sounds may be
 * shown in place, everything else is saved, drawings too: an SVG is a page to a browser. `name` is what people call it; it may hold anything.
 */
export function assetHeaders(
  asset: Pick<Asset, "hash" | "mediaType" | "bytes">,
  asked: AskedRange,
  name?: string,
): Record<string, string> {
  const { hash, mediaType, bytes } = asset;
  const isWritten = portTypeOf(asset) === "text" || mediaType === "image/svg+xml";
  const kind = isWritten ? "attachment" : "inline";
  return {
    "Content-Type": isWritten ? `${mediaType}; charset=utf-8` : mediaType,
    "Content-Disposition":
      name === undefined ? kind : contentDisposition(kind, name, mediaType, hash.slice(0, 12)),
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Accept-Ranges": "bytes",
    ETag: `"${hash}"`,
    "Cache-Control":
      asked.kind === "unsatisfiable" ? "no-store" : "private, max-age=31536000, immutable",
    ...lengthHeaders(asked, bytes),
  };
}

function lengthHeaders(asked: AskedRange, bytes: number): Record<string, string> {
  switch (asked.kind) {
    case "whole":
      return { "Content-Length": String(bytes) };
    case "range":
      return {
        "Content-Length": String(asked.end - asked.start + 1),
        "Content-Range": `bytes ${asked.start}-${asked.end}/${bytes}`,
      };
    case "unsatisfiable":
      return { "Content-Length": "0", "Content-Range": `bytes */${bytes}` };
  }
}
