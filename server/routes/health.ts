import type { Handler } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import type { RouteParts } from "./route-parts.ts";

/** The process is alive. */
export function healthz(): Handler<"healthz"> {
  return () => Promise.resolve({ ok: true });
}

/** The relay takes requests; where it does not, the names of the missing parts and nothing else. */
export function readyz({ readiness }: Pick<RouteParts, "readiness">): Handler<"readyz"> {
  return async () => {
    const missing = await readiness.missing();
    if (missing.length > 0) throw new Refusal("unavailable", `Not ready: ${missing.join(", ")}.`);
    return { ok: true };
  };
}
