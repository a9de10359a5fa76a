import type { MediaType } from "#domain/asset";
import { makeWellFormed } from "#domain/well-formed";

/** How a file of each media type ends; the first ending is the one that we write. */
const endings: Readonly<Record<MediaType, readonly [string, ...string[]]>> = {
  "image/png": ["png", "apng"],
  "image/jpeg": ["jpg", "jpeg", "jfif"],
  "image/webp": ["webp"],
  "image/gif": ["gif"],
  "image/avif": ["avif"],
  "image/svg+xml": ["svg"],
  "video/mp4": ["mp4", "m4v"],
  "video/quicktime": ["mov", "qt"],
  "video/webm": ["webm"],
  "audio/mpeg": ["mp3"],
  "audio/wav": ["wav", "wave"],
  "audio/ogg": ["ogg", "oga", "opus"],
  "text/plain": ["txt", "text", "md", "csv"],
};

const longestName = 100;

/**
 * A Content-Disposition header (RFC 6266) with the name that people gave a file, made harmless on
 * every system: no path, no control or direction characters, no reserved name, at most 100 characters
 * and always the ending of its media type. `fallback` is taken where nothing is left.
 */
export function contentDisposition(
  kind: "inline" | "attachment",
  name: string,
  mediaType: MediaType,
  fallback: string,
): string {
  const safe = safeName(name, mediaType, fallback);
  const ascii = safe.replace(/[^ -~]|["%\\]/g, "_");
  const plain = `${kind}; filename="${ascii}"`;
  return ascii === safe ? plain : `${plain}; filename*=UTF-8''${encodeExtended(safe)}`;
}

function safeName(name: string, mediaType: MediaType, fallback: string): string {
  const clean = makeWellFormed(name)
    .normalize("NFC")
    // Control and format characters, which hide or turn what is read (right-to-left override, ...).
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "-")
    .replace(/\s+/g, " ");
  const known = endings[mediaType];
  const dot = clean.lastIndexOf(".");
  const hasOurs = dot >= 0 && known.some((ending) => ending === clean.slice(dot + 1).toLowerCase());
  const stem = trimDots(cut(trimDots(hasOurs ? clean.slice(0, dot) : clean)));
  // Names of devices on Windows, whatever follows a dot.
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(stem);
  const ending = hasOurs ? clean.slice(dot + 1).toLowerCase() : known[0];
  return `${stem === "" ? fallback : isReserved ? `_${stem}` : stem}.${ending}`;
}

/** At most so many characters, none of them halved. */
function cut(text: string): string {
  return Array.from(text).slice(0, longestName).join("");
}

/** Without dots, blanks and dashes at either end: a hidden file, or one that Windows renames. */
function trimDots(text: string): string {
  return text.replace(/^[.\s-]+|[.\s-]+$/g, "");
}

/** RFC 8187 (which replaced RFC 5987): everything but its attr-char is percent-encoded. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
