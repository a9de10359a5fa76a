import * as z from "zod";
import { hookIdOf } from "../hook-address.ts";
import type { ArrivedHook, Hook } from "../provider.ts";

const bodySchema = z.object({ task_id: z.string().min(1).max(200) });

/**
 * Reads Magnific's webhooks: the answer to a question about a task, without its wrapper (providers.md 4.9).
 * They are signed with a secret that Magnific shows to people only, and nobody says in which form. So it is
 * the address that proves one: it was made for this call with a secret of 256 bits and told to Magnific
 * alone. All that a webhook does is to wake who asks Magnific itself.
 */
export function readMagnificHook(arrived: ArrivedHook): Promise<Hook | null> {
  const body = bodySchema.safeParse(JSON.parse(Buffer.from(arrived.body).toString("utf8")));
  const hook = { id: hookIdOf(arrived), reference: null, handle: null };
  return Promise.resolve(body.success ? hook : null);
}
