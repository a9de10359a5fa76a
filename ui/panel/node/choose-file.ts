import { type Asset, mediaTypes, portTypeOf } from "#domain/asset";
import type { PortType } from "#domain/port";

const known = Object.keys(mediaTypes) as Asset["mediaType"][];

/** Opens the browser's file dialog for files of these kinds; `take` is called when one is chosen. */
export function chooseFile(accepts: readonly PortType[], take: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = known.filter((mediaType) => accepts.includes(portTypeOf({ mediaType }))).join(",");
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file !== undefined) take(file);
  });
  input.click();
}
