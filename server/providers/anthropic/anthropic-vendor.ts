import * as z from "zod";
import { placeholderKey, type SdkVendor } from "../ai-sdk/sdk-vendor.ts";
import type { VendorTrouble } from "../vendor-failures.ts";
import { anthropicCatalog } from "./models.ts";

/** The vendor's words of a refusal (https://docs.anthropic.com/en/api/errors). */
const refusalSchema = z.object({
  error: z.object({ type: z.string(), message: z.string().nullish() }),
});

/** The API is overloaded: by the vendor's documentation of errors nothing was begun. */
const overloaded = 529;

function anthropicRefusal(status: number, body: unknown): VendorTrouble | null {
  const read = refusalSchema.safeParse(body);
  if (!read.success) return null;
  const { type, message } = read.data.error;
  // An empty account is told as a wrong request.
  if (type === "billing_error" || /credit balance is too low/i.test(message ?? "")) {
    return { kind: "quota" };
  }
  if (status !== 400 && status !== 404 && status !== 413) return null;
  const said = message ?? null;
  // "messages.0.content.1: what is wrong" names the place.
  const field = /^([a-z_]+(?:\.[a-z0-9_]+)*): /i.exec(said ?? "")?.[1] ?? null;
  return { kind: "validation", field, said };
}

/** Anthropic, as the AI SDK is asked for it. */
export const anthropicVendor: SdkVendor = {
  catalog: anthropicCatalog,
  words: { refusal: anthropicRefusal, withheld: () => null },
  notTaken: [overloaded],
  concurrency: 6,
  open: async (fetch) => {
    const { createAnthropic } = await import("@ai-sdk/anthropic");
    // The address is said: the package would take one from the environment.
    const baseURL = "https://api.anthropic.com/v1";
    const models = createAnthropic({ baseURL, apiKey: placeholderKey, fetch });
    return { text: (id) => models.messages(id) };
  },
};
