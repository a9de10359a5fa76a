import type * as host from "../../../figma/host/render-picture.ts";
import { toBase64 } from "../../../figma/base64.ts";
import { interFace } from "../inter-face.ts";
import { readFont } from "./read-font.ts";

/** The stand-in's way to pixels, in a page: the browser's own SVG on a canvas, with Inter inside. */
export const renderPicture: typeof host.renderPicture = async (svg, format, weights) => {
  const faces = weights.map((weight) =>
    interFace(weight, `data:font/ttf;base64,${toBase64(readFont(weight))}`),
  );
  const styled = svg.replace(/<svg[^>]*>/, (tag) => `${tag}<style>${faces.join("")}</style>`);
  const address = URL.createObjectURL(new Blob([styled], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(Math.max(1, image.width), Math.max(1, image.height));
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("The browser gives no canvas to draw on.");
    if (format === "JPG") {
      context.fillStyle = "#ffffff";
      context.fillRect(0, 0, canvas.width, canvas.height);
    }
    context.drawImage(image, 0, 0);
    const type = format === "PNG" ? "image/png" : "image/jpeg";
    const blob = await canvas.convertToBlob({ type, quality: 0.9 });
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(address);
  }
};
