import type * as z from "zod";
import { EgressError, type Egress, type Fetch, type Limits } from "../../egress.ts";
import type { ProviderKey } from "../provider-key.ts";
import type { Using } from "../provider.ts";
import { readJson } from "../read-json.ts";

/** A server of the owner's own: where it is, and how a key for it travels, where it takes one. */
export interface OwnPlace {
  readonly origin: string;
  readonly key: ProviderKey | null;
}

/** Asks a server for JSON, with a POST where there is a body; null where it does not answer as it should. */
export type AskServer = <Answer>(
  path: string,
  schema: z.ZodType<Answer>,
  body?: unknown,
) => Promise<Answer | null>;

/** A way out to exactly the origin that the owner named, with a key only where one was set. */
export function ownWay(
  egress: Pick<Egress, "within" | "withKey">,
  { origin, key }: OwnPlace,
  using: Pick<Using, "key">,
  limits: Limits,
): Fetch {
  if (!key || !using.key) return egress.within([origin], limits);
  const { header, prefix } = key;
  return egress.withKey({ origins: [origin], header, prefix, secret: using.key.reveal() }, limits);
}

/** How long a list may take, which is free, and how large it may be. */
const listLimits: Limits = { deadlineMs: 10_000, maxBytes: 10_000_000 };

/** Questions about what a server has; whatever goes wrong is no answer. */
export function askerOf(
  egress: Pick<Egress, "within" | "withKey">,
  place: OwnPlace,
  using: Pick<Using, "key">,
): AskServer {
  const send = ownWay(egress, place, using, listLimits);
  return async (path, schema, body) => {
    try {
      const answer = await send(`${place.origin}${path}`, requestOf(body));
      const said = await readJson(answer);
      return answer.ok ? (schema.safeParse(said).data ?? null) : null;
    } catch (error) {
      if (error instanceof EgressError) return null;
      throw error;
    }
  };
}

function requestOf(body: unknown): RequestInit {
  const headers = { accept: "application/json" };
  return body === undefined
    ? { headers }
    : {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(body),
      };
}
