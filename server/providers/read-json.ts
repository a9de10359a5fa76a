import { EgressError } from "../egress.ts";
import { isTooDeep } from "../is-too-deep.ts";

/** No vendor's answer is nested deeper. */
const mostDepth = 64;

/**
 * The JSON of an answer; null where it is none, is cut short, or is nested without end. Schemas decide
 * what may be done with it.
 */
export async function readJson(answer: Response): Promise<unknown> {
  try {
    const text = await answer.text();
    const read: unknown = isTooDeep(text, mostDepth) ? null : JSON.parse(text);
    return read;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof EgressError) return null;
    throw error;
  }
}
