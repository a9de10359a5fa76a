import { textSchema } from "./well-formed.ts";

/** A title that is shown with a shared asset; it may hold anything that people type. */
export const shareTitleSchema = textSchema(200);
