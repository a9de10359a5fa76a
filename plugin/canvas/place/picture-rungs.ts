import type { RungContent } from "#domain/place-content";
import { sizeOnCanvas, type Size } from "#domain/placement";
import { loadCardFonts } from "../draw/card-fonts.ts";
import { colours, paintOf } from "../draw/colours.ts";
import { Refusal } from "../refusal.ts";
import { drawCaption } from "./caption.ts";
import type { PreparedRung } from "./rung.ts";
import { bytesOf } from "./transfers.ts";

type Rung<Kind extends RungContent["kind"]> = Extract<RungContent, { kind: Kind }>;
type Picture = Rung<"image-fill">["picture"];

const cornerPx = 8;
/** What a video is shown at that nobody has a picture of. */
const blankSize: Size = { width: 480, height: 270 };

/** An image as a fill; a GIF in FigJam as what moves there. With a link it is a frame that holds it. */
export async function prepareImage({ picture, link }: Rung<"image-fill">): Promise<PreparedRung> {
  const bytes = arrived(picture.transfer);
  if (link !== null) await loadCardFonts();
  const paint = imagePaint(bytes);
  const size = sizeOf(picture);
  const isMoving = figma.editorType === "figjam" && isGif(bytes) && link === null;
  const make = () => {
    if (link !== null) return makeFrame(paint, size, drawCaption("Open the original", link));
    return isMoving ? makeGif(paint, size) : makeRectangle(paint, size);
  };
  return { kind: "image-fill", size, paint, text: null, notes: [], make, madeAlready: null };
}

/** A video as a fill. Figma refuses it in free teams, and perhaps in FigJam. */
export async function prepareVideo(rung: Rung<"video-fill">): Promise<PreparedRung> {
  const { hash } = await figma.createVideoAsync(arrived(rung.transfer));
  const paint: VideoPaint = { type: "VIDEO", videoHash: hash, scaleMode: "FILL" };
  const size = sizeOf(rung);
  const make = () => makeRectangle(paint, size);
  return { kind: "video-fill", size, paint, text: null, notes: [], make, madeAlready: null };
}

/** A still picture of a video, or a plain field, with a link to the video. */
export async function preparePoster({
  picture,
  link,
}: Rung<"poster-with-link">): Promise<PreparedRung> {
  await loadCardFonts();
  const paint = picture ? imagePaint(arrived(picture.transfer)) : null;
  const size = picture ? sizeOf(picture) : blankSize;
  const make = () =>
    makeFrame(paint ?? paintOf(colours.dark), size, drawCaption("Watch the video", link));
  const notes = ["Figma did not take the video itself, so a picture of it leads to the video."];
  return {
    kind: "poster-with-link",
    size,
    paint: null,
    text: null,
    notes,
    make,
    madeAlready: null,
  };
}

/** A picture that Figma keeps, as a paint. The same bytes are kept once only. */
export function imagePaint(bytes: Uint8Array): ImagePaint {
  return { type: "IMAGE", imageHash: figma.createImage(bytes).hash, scaleMode: "FILL" };
}

/** The bytes of a transfer. Throws where they have not arrived. */
export function arrived(transfer: string): Uint8Array {
  const bytes = bytesOf(transfer);
  if (!bytes) throw new Refusal("The result did not reach the canvas. Place it again.");
  return bytes;
}

function sizeOf({ widthPx, heightPx }: Pick<Picture, "widthPx" | "heightPx">): Size {
  return sizeOnCanvas({ width: widthPx, height: heightPx });
}

function isGif(bytes: Uint8Array): boolean {
  return [0x47, 0x49, 0x46, 0x38].every((byte, at) => bytes[at] === byte);
}

function makeRectangle(paint: ImagePaint | VideoPaint, { width, height }: Size): RectangleNode {
  const layer = figma.createRectangle();
  layer.resize(width, height);
  layer.cornerRadius = cornerPx;
  layer.fills = [paint];
  return layer;
}

function makeGif({ imageHash }: ImagePaint, { width, height }: Size): MediaNode {
  const layer = figma.createGif(imageHash ?? "");
  layer.resize(width, height);
  return layer;
}

/** A frame with the caption at its lower left: one layer, so that picture and link stay together. */
function makeFrame(paint: Paint, { width, height }: Size, caption: FrameNode): FrameNode {
  const frame = figma.createFrame();
  frame.resize(width, height);
  Object.assign(frame, {
    fills: [paint],
    cornerRadius: cornerPx,
    layoutMode: "VERTICAL",
    primaryAxisSizingMode: "FIXED",
    counterAxisSizingMode: "FIXED",
    primaryAxisAlignItems: "MAX",
    paddingLeft: 8,
    paddingBottom: 8,
  } satisfies Partial<FrameNode>);
  frame.appendChild(caption);
  return frame;
}
