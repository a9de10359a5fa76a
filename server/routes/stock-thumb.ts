import { EgressError, type Egress } from "../egress.ts";
import type { HandlerInput } from "../handler.ts";
import { openThumb } from "../stock/seal-thumb.ts";
import { findShareSecret } from "../store/share-secrets.ts";
import { gone } from "./answer-asset.ts";
import type { RouteParts } from "./route-parts.ts";

const limits = { deadlineMs: 20_000, maxBytes: 2_000_000 };

/** How files of the kinds begin that libraries make small pictures of. */
const beginnings = [
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/png", /^\x89PNG\r\n/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  ["image/avif", /^[^]{4}ftypavif/],
] as const;

/** What passing on works with. */
interface ThumbParts extends Pick<RouteParts, "store"> {
  readonly stock: Pick<RouteParts["stock"], "egress">;
}

/**
 * A small picture that a search found: the panel may reach the relay alone. It is passed on as a picture
 * that nothing takes for a page, and kept nowhere.
 */
export function stockThumb({
  store,
  stock,
}: ThumbParts): (
  asked: Pick<HandlerInput<"stockThumb">, "caller" | "query" | "signal">,
) => Promise<Response> {
  return async ({ caller: { team }, query, signal }) => {
    const secret = await findShareSecret(store.database, team);
    const address = secret && openThumb(secret, team, query.thumb);
    if (!address) throw gone();
    const bytes = await download(stock.egress, address, signal());
    const start = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
    const type = beginnings.find(([, beginning]) => beginning.test(start))?.[0];
    if (type === undefined) throw gone();
    return new Response(bytes, {
      headers: {
        "Content-Type": type,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "private, max-age=86400",
      },
    });
  };
}

async function download(
  egress: Pick<Egress, "download">,
  address: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const answer = await egress.download(address, limits, signal);
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    await answer.body?.cancel();
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
  }
  throw gone();
}
