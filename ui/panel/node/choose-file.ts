import { type Asset, mediaTypes, portTypeOf } from "#domain/asset";
import type { PortType } from "#domain/port";

const known = Object.keys(mediaTypes) as Asset["mediaType"][];

/** Opens the browser's file dialog for files of these kinds; `take` is called when one is chosen. */
export function chooseMedia(accepts: readonly PortType[], take: (file: File) => void): void {
  // Drawings come from models alone: the relay takes none from people.
  const types = known.filter(
    (mediaType) => mediaType !== "image/svg+xml" && accepts.includes(portTypeOf({ mediaType })),
  );
  chooseFile(types.join(","), take);
}

/** Opens the browser's file dialog for files of these media types; `take` is called when one is chosen. */
export function chooseFile(types: string, take: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = types;
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file !== undefined) take(file);
  });
  input.click();
}
