import * as z from "zod/mini";

/** What can travel along a connection. */
export const portTypes = ["text", "image", "video", "audio"] as const;
/** Schema of {@link PortType}. */
export const portTypeSchema = z.enum(portTypes);
/** One of the things that can travel along a connection. */
export type PortType = z.infer<typeof portTypeSchema>;

/**
 * A declared input of a node type.
 * - `max`: how many connections it takes; "model" leaves the number to the chosen model.
 * - `isRequired`: nothing runs without it.
 * - `onList`: a list arriving here makes one call "each" item, or is taken "whole" by one call
 *   (product.md A6.3).
 */
export interface Input {
  readonly label: string;
  readonly accepts: readonly PortType[];
  readonly max: number | "model" | "any";
  readonly isRequired: boolean;
  readonly onList: "each" | "whole";
}

/**
 * The one output of a node type. `types` has several entries where the content decides (a file that
 * was uploaded, the items of a list).
 */
export interface Output {
  readonly port: string;
  readonly label: string;
  readonly types: readonly PortType[];
}

/** Whether something of one of the `offered` types may enter an input. */
export function accepts(input: Pick<Input, "accepts">, offered: readonly PortType[]): boolean {
  return offered.some((type) => input.accepts.includes(type));
}

/** "an image", "a text": a port type with its article, for sentences. */
export function withArticle(type: PortType): string {
  return type === "image" || type === "audio" ? `an ${type}` : `a ${type}`;
}
