import * as z from "zod/mini";
import { textSchema } from "./well-formed.ts";

/** The most bytes that one message carries: a larger one holds the canvas up while it is copied. */
export const bytesPerSlice = 1024 * 1024;

/** What is asked or answered where there is nothing to say. */
export const nothingSchema = z.object({});
/** A width and a height, in pixels. */
export const sizeSchema = z.object({ width: z.number(), height: z.number() });
/** Bytes that wait at the main thread, in slices, and are known by this name. */
export const transferSchema = textSchema(100);
/** A slice of them. */
export const sliceSchema = z.custom<Uint8Array<ArrayBuffer>>(
  (bytes) => bytes instanceof Uint8Array && bytes.length <= bytesPerSlice,
);
