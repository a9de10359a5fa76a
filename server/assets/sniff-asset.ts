import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import { mediaTypes, type MediaType } from "#domain/asset";
import { drawingLimits } from "./drawing/parse-drawing.ts";
import type { InspectionRefusal, MostBytes } from "./inspection.ts";
import { sniffText, type SniffedText } from "./sniff-text.ts";

/** What file-type calls the kinds that we take, by its ending (it knows several of some types). */
const takenTypes: Readonly<Record<string, MediaType>> = {
  png: "image/png",
  apng: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
  mp4: "video/mp4",
  m4v: "video/mp4",
  mov: "video/quicktime",
  webm: "video/webm",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  opus: "audio/ogg",
};

/** Kinds that people try, in their words. */
const foreignTypes: Readonly<Record<string, string>> = {
  pdf: "a PDF document",
  tif: "a TIFF picture",
  heic: "a HEIC photo (export it as JPEG)",
  jxl: "a JPEG XL picture",
  psd: "a Photoshop document",
  bmp: "a BMP picture",
  zip: "a ZIP archive",
  m4a: "an M4A sound",
  mkv: "a Matroska video",
  avi: "an AVI video",
  // Both begin with the same two bytes.
  mp1: "text in UTF-16 (save it as UTF-8) or an MP1 sound",
};

/** So much of a file is enough to tell a text that is too large. */
const startBytes = 64 * 1024;

/** A file of a type that we take, or a refusal that says what it is. */
export type Sniffed = { readonly kind: "media"; readonly mediaType: MediaType } | InspectionRefusal;

/**
 * Tells what a file is by its bytes alone, and that it is not larger than its kind may be. A drawing is
 * one that we take where that is said. Parses bytes that nobody has looked at before, so the inspecting
 * process alone calls it.
 */
export async function sniffAsset(
  file: string,
  bytes: number,
  mostBytes: MostBytes,
  takesDrawings: boolean,
): Promise<Sniffed> {
  if (bytes === 0) return { kind: "refused", code: "empty", sentence: "The file is empty." };
  const found = await fileTypeFromFile(file);
  const known = takenTypes[found?.ext ?? ""];
  if (known) return checkSize(known, bytes, mostBytes);
  if (found && found.ext !== "xml") return refuseType(foreignTypes[found.ext] ?? nameOf(found));
  const text = await readText(file, bytes, mostBytes.text);
  if (text.kind === "foreign") return refuseType(text.found);
  if (text.kind === "drawing") {
    if (!takesDrawings) return refuseType("an SVG drawing");
    return checkSize("image/svg+xml", bytes, { ...mostBytes, image: drawingLimits.bytes });
  }
  return checkSize("text/plain", bytes, mostBytes);
}

/** A text that is too large is known by its start. */
async function readText(file: string, bytes: number, mostBytes: number): Promise<SniffedText> {
  const isTooLarge = bytes > mostBytes;
  const buffer = new Uint8Array(isTooLarge ? Math.min(startBytes, bytes) : bytes);
  const handle = await open(file, "r");
  try {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return sniffText(buffer.subarray(0, bytesRead), isTooLarge);
  } finally {
    await handle.close();
  }
}

function checkSize(mediaType: MediaType, bytes: number, mostBytes: MostBytes): Sniffed {
  const type = mediaTypes[mediaType];
  const most = mostBytes[type];
  if (bytes <= most) return { kind: "media", mediaType };
  const name = { image: "picture", video: "video", audio: "sound", text: "text" }[type];
  const sentence = `The ${name} has ${megabytes(bytes)} MB; at most ${megabytes(most)} MB are taken.`;
  return { kind: "refused", code: "too-large", sentence };
}

function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 1e5) / 10);
}

function nameOf(found: { readonly ext: string; readonly mime: string }): string {
  return `a file of the type ${found.ext.toUpperCase()} (${found.mime})`;
}

function refuseType(found: string): Sniffed {
  const taken = "PNG, JPEG, WebP, GIF, AVIF, MP4, MOV, WebM, MP3, WAV, OGG or plain text";
  const sentence = `This is ${found}, which cannot be used here. Use ${taken}.`;
  return { kind: "refused", code: "type-unsupported", sentence };
}
