import { refuse } from "../errors.ts";
import { contentHash } from "./content-hash.ts";

/** A picture the file holds: its bytes as they came, and its size. */
export interface StoredImage {
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly mediaType: "image/png" | "image/jpeg" | "image/gif";
  readonly widthPx: number;
  readonly heightPx: number;
}

const maxSidePx = 4096;

/** The images and videos of a file, by a hash of their content: the same bytes, the same hash. */
export class ImageStore {
  readonly #images = new Map<string, StoredImage>();
  readonly #videos = new Set<string>();

  /**
   * Keeps the picture; PNG, JPEG and GIF only, at most 4096 px a side (typings, createImage).
   * Refuses with the words reported for the case.
   */
  addImage(bytes: Uint8Array, operation: string): StoredImage {
    if (bytes.length === 0) throw refuse(operation, "Image is too small");
    const size = readPictureSize(bytes);
    if (size === null) throw refuse(operation, "Image type is unsupported");
    const { widthPx, heightPx } = size;
    if (widthPx > maxSidePx || heightPx > maxSidePx) throw refuse(operation, "Image is too large");
    if (widthPx < 1 || heightPx < 1) throw refuse(operation, "Image is too small");
    const hash = contentHash(bytes);
    const image = this.#images.get(hash) ?? { ...size, hash, bytes: Uint8Array.from(bytes) };
    this.#images.set(hash, image);
    return image;
  }

  /** The picture of that hash, if the file holds it. */
  image(hash: string): StoredImage | null {
    return this.#images.get(hash) ?? null;
  }

  /** Keeps a video: MP4, MOV or WebM, at most 100 MB (typings, createVideoAsync). */
  addVideo(bytes: Uint8Array): string {
    if (bytes.length > 100_000_000) throw refuse("createVideoAsync", "Video is too large");
    const isMovie = readText(bytes, 4, 4) === "ftyp";
    const isWebm = bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3;
    if (!isMovie && !isWebm) throw refuse("createVideoAsync", "Video type is unsupported");
    const hash = contentHash(bytes);
    this.#videos.add(hash);
    return hash;
  }

  /** Whether the file holds a video of that hash. */
  hasVideo(hash: string): boolean {
    return this.#videos.has(hash);
  }
}

type PictureSize = Pick<StoredImage, "mediaType" | "widthPx" | "heightPx">;

/** Type and size of a picture from its first bytes; null for what is no PNG, JPEG or GIF. */
function readPictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47)
    return { mediaType: "image/png", widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
  if (bytes.length >= 10 && /^GIF8[79]a$/.test(readText(bytes, 0, 6)))
    return {
      mediaType: "image/gif",
      widthPx: view.getUint16(6, true),
      heightPx: view.getUint16(8, true),
    };
  if (bytes.length >= 4 && view.getUint16(0) === 0xffd8) return readJpegSize(view);
  return null;
}

function readJpegSize(view: DataView): PictureSize | null {
  for (let offset = 2; offset + 9 < view.byteLength;) {
    const marker = view.getUint16(offset);
    const isFrame =
      marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame)
      return {
        mediaType: "image/jpeg",
        widthPx: view.getUint16(offset + 7),
        heightPx: view.getUint16(offset + 5),
      };
    offset += 2 + view.getUint16(offset + 2);
  }
  return null;
}

function readText(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
