/** A picture that was made. `notes` are sentences for the designer, such as a format that was chosen. */
export interface PictureResult {
  readonly kind: "picture";
  readonly bytes: Uint8Array;
  readonly mediaType: "image/png" | "image/jpeg";
  readonly widthPx: number;
  readonly heightPx: number;
  readonly notes: readonly string[];
}

/** How work is watched: `onProgress` takes 0 to 1; an aborted signal ends the work with "cancelled". */
export interface WorkWatch {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
}
