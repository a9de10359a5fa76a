import { balanceOf } from "../store/read-ledger.ts";
import type { Handler } from "../handler.ts";
import { offeredModels } from "../run/offered-models.ts";
import type { RouteParts } from "./route-parts.ts";

/** Who is asking, and what the team has left. */
export function status(parts: RouteParts): Handler<"status"> {
  return async ({ caller }) => {
    const balance = await balanceOf(parts.store.database, caller.team);
    return {
      relay: parts.relay,
      version: parts.version,
      member: caller.member,
      balance: balance.available,
      held: balance.held,
    };
  };
}

/** Every model there is, runnable or not. */
export function models(parts: RouteParts): Handler<"models"> {
  return async ({ caller }) => ({ models: await offeredModels(parts, caller.team) });
}
