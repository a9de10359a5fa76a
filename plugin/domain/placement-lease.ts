import * as z from "zod/mini";
import { countSchema } from "./count.ts";
import { itemSchema } from "./item.ts";
import type { PlacementEnd } from "./placement-end.ts";
import { idSchema } from "./well-formed.ts";

/** How long a session may take to place a result before somebody else may try. */
export const leaseMs = 60_000;

/** How long after a result only the session that asked for it may place it. */
export const ownTurnMs = 5_000;

/**
 * The wish to see one item of a version on the canvas, once. `pid` names it for good, in the marker of
 * the layer too; `index` and `count` give its place in the row of the version's items; a wish for the
 * same item again is another `attempt` with a pid of its own. `layer` holds it, or last held it;
 * `session` asked for it, null when nobody knows which did.
 */
export const placementSchema = z.object({
  pid: idSchema,
  file: idSchema,
  node: idSchema,
  run: idSchema,
  version: idSchema,
  port: z.string(),
  index: countSchema,
  count: z.int().check(z.minimum(1)),
  item: itemSchema,
  attempt: z.int().check(z.minimum(1)),
  /** Waiting; on the canvas; without a place because its node is gone; taken away by a person. */
  state: z.enum(["pending", "placed", "orphaned", "removed"]),
  layer: z.nullable(idSchema),
  session: z.nullable(idSchema),
  madeAtMs: countSchema,
});
/** The wish to see one item of a version on the canvas, once. */
export type Placement = z.infer<typeof placementSchema>;

/** The right of one session to place a result, until a moment of the relay's clock. */
export interface Lease {
  readonly session: string;
  readonly untilMs: number;
}

/** What the rules need to know of a placement. */
export interface Standing extends Readonly<
  Pick<Placement, "state" | "layer" | "session" | "madeAtMs">
> {
  readonly lease: Lease | null;
}

/** How a placement stands afterwards, also when the session is refused, and why it is; null if it is not. */
export interface Ruling {
  readonly after: Pick<Standing, "state" | "layer" | "lease">;
  readonly refusal: string | null;
}

/** Who alone may place it now, or null. */
export function holderOf({ lease }: Pick<Standing, "lease">, nowMs: number): string | null {
  if (lease === null || nowMs >= lease.untilMs) return null;
  // Further ahead than that, the clock was set back: nobody shall wait hours for a session that died.
  return lease.untilMs - nowMs <= 2 * leaseMs ? lease.session : null;
}

/**
 * Whether a session may place a result now. It gets a lease, or its own lease again from now on, when
 * the result waits, nobody else holds a live lease, and it is not another session's own turn.
 */
export function judgeClaim(known: Standing, session: string, nowMs: number): Ruling {
  if (known.state !== "pending") return refuse(known, "This result does not wait any more.");
  const holder = holderOf(known, nowMs);
  if (holder !== null && holder !== session) {
    return refuse(known, "Another session is placing this result.");
  }
  const ageMs = nowMs - known.madeAtMs;
  const isOwnTurn = ageMs >= 0 && ageMs < ownTurnMs;
  if (isOwnTurn && known.session !== null && known.session !== session) {
    return refuse(known, "The session that asked for this result places it first. Try again soon.");
  }
  return agree({ ...known, lease: { session, untilMs: nowMs + leaseMs } });
}

/**
 * What follows from a session's word. Saying the same twice changes nothing. What is on the canvas
 * counts, whoever put it there, unless another session holds the lease; a refused session looks at
 * the canvas again and says what it then finds.
 */
export function judgeEnd(known: Standing, end: PlacementEnd, nowMs: number): Ruling {
  const holder = known.state === "pending" ? holderOf(known, nowMs) : null;
  if (end.outcome === "released") {
    return agree(holder === end.session ? { ...known, lease: null } : known);
  }
  if (holder !== null && holder !== end.session) {
    return refuse(known, "Another session is placing this result. Look at the canvas again.");
  }
  switch (end.outcome) {
    case "placed":
      return judgePlaced(known, end.layer);
    case "orphaned":
      if (known.state === "pending" || known.state === "orphaned") {
        return agree({ state: "orphaned", layer: null, lease: null });
      }
      return refuse(known, "This result was placed before. Look at the canvas again.");
    case "removed":
      return judgeRemoved(known, end.layer);
  }
}

/**
 * Two layers with one placement: the smaller id stays, as everybody who sees both decides alone
 * (`redundantLayers`). The session is refused all the same, so that it looks for the other layer.
 */
function judgePlaced(known: Standing, layer: string | null): Ruling {
  if (known.state !== "placed" || known.layer === null || layer === null) {
    return agree({ state: "placed", layer, lease: null });
  }
  if (layer === known.layer) return agree(known);
  const kept = layer < known.layer ? layer : known.layer;
  return refuse(
    { ...known, layer: kept },
    "Another layer holds this result too. Look at the canvas again; the smaller layer id stays.",
  );
}

/** Taking away the second of two layers does not take the result away. */
function judgeRemoved(known: Standing, layer: string | null): Ruling {
  if (known.state === "removed") return agree(known);
  if (known.state !== "placed") return refuse(known, "This result is not on the canvas.");
  const isOther = layer !== null && layer !== known.layer;
  return agree(isOther ? known : { ...known, state: "removed" });
}

function agree(after: Ruling["after"]): Ruling {
  const { state, layer, lease } = after;
  return { after: { state, layer, lease }, refusal: null };
}

function refuse(after: Ruling["after"], refusal: string): Ruling {
  return { ...agree(after), refusal };
}
