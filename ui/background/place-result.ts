import type { AnswerOf } from "#domain/channel";
import { leaseMs, ownTurnMs, type Placement } from "#domain/placement-lease";
import type { PlacedLayer } from "#domain/placement";
import { RelayRefusal } from "#domain/relay-client";
import { describePlacement } from "./describe-placement.ts";
import { endPlaced, endPlacement, isFinal } from "./end-placement.ts";
import { tellFailed, tellOrphaned } from "./placing-notices.ts";
import type { PlacingContext } from "./placing-context.ts";
import { dropTransfers, sendContent } from "./result-content.ts";

/** A layer that is written near the end of a lease may reach the next session only after its look. */
const leaseMarginMs = 5_000;
const reenterMs = 2_000;
/** A result that cannot be shown is tried so often here without being asked. */
const mostFailures = 3;

/**
 * Places one result, once: claims it, brings it to the main thread, tells what became of it. "stop"
 * leaves the results behind it, which must stay in their order, to a later round.
 */
export async function placeResult(
  context: PlacingContext,
  placement: Placement,
  relayNowMs: number,
): Promise<"next" | "stop"> {
  const { parts, markers, memory } = context;
  const { pid } = placement;
  const held = markers.placed.peek().get(pid);
  if (held !== undefined) return next(await endPlaced(context, pid, held));
  if ((memory.failures.get(pid) ?? 0) >= mostFailures) return "next";
  const turnInMs = otherTurnMs(placement, parts.session, relayNowMs);
  if (turnInMs > 0) {
    context.soon(turnInMs);
    return "stop";
  }
  const claimedAtMs = parts.time.nowMs();
  if (!(await claim(context, pid))) return "stop";
  const gone = markers.goneFrom(pid);
  if (gone !== null) {
    // It was on the canvas and a person took it away before anybody told the relay.
    await endPlacement(context, pid, "placed", gone);
    await endPlacement(context, pid, "removed", gone);
    markers.told({ pid, layer: gone });
    return "next";
  }
  const leaseEndsAtMs = claimedAtMs + leaseMs - leaseMarginMs;
  return finish(context, placement, await tryToPlace(context, placement, leaseEndsAtMs));
}

/** How long this is still the turn of the session that asked for the result. */
function otherTurnMs({ session: asker, madeAtMs }: Placement, session: string, nowMs: number) {
  if (asker === null || asker === session || nowMs < madeAtMs) return 0;
  return Math.max(0, madeAtMs + ownTurnMs - nowMs);
}

async function claim({ parts, relay, soon }: PlacingContext, pid: string): Promise<boolean> {
  try {
    await relay.call("placementClaim", { path: { pid }, body: { session: parts.session } });
    return true;
  } catch (error) {
    if (!isFinal(error)) throw error;
    // Another session entered the file since; the next round shows again that this is the same file.
    if (error instanceof RelayRefusal && error.code === "not-allowed") soon(reenterMs);
    return false;
  }
}

type Outcome = AnswerOf<"place">;

/** Brings the result over and has it placed. What the relay refuses for good is a failure to show it. */
async function tryToPlace(
  context: PlacingContext,
  placement: Placement,
  leaseEndsAtMs: number,
): Promise<Outcome> {
  const { parts, relay } = context;
  try {
    const described = describePlacement(context, placement);
    const { rungs, transfers } = await sendContent(parts, relay, placement.item, described.title);
    const content = { ...described, rungs: [...rungs], leaseEndsAtMs };
    const outcome = await parts.channel.ask("place", content);
    await dropTransfers(parts, transfers);
    return outcome;
  } catch (error) {
    if (error instanceof RelayRefusal && (isFinal(error) || error.code === "asset-refused")) {
      return { kind: "failed", message: error.message };
    }
    await endPlacement(context, placement.pid, "released", null);
    throw error;
  }
}

async function finish(
  context: PlacingContext,
  placement: Placement,
  outcome: Outcome,
): Promise<"next" | "stop"> {
  const { parts, markers, memory } = context;
  const { pid } = placement;
  switch (outcome.kind) {
    case "placed":
      // A layer that was there before and was given the result is a person's and stays.
      markers.add(
        markerFor(pid, outcome.layer),
        describePlacement(context, placement).mode === "stack",
      );
      memory.elsewhere.delete(pid);
      return next(await endPlaced(context, pid, outcome.layer));
    case "found":
      markers.add(markerFor(pid, outcome.layer), false);
      return next(await endPlaced(context, pid, outcome.layer));
    case "orphaned":
      await endPlacement(context, pid, "orphaned", null);
      tellOrphaned(context, placement);
      return "next";
    case "late":
      return "stop";
    case "read-only":
      parts.markReadOnly();
      await endPlacement(context, pid, "released", null);
      return "stop";
    case "failed":
      memory.failures.set(pid, (memory.failures.get(pid) ?? 0) + 1);
      await endPlacement(context, pid, "released", null);
      tellFailed(context, placement, outcome.message);
      return "next";
  }
}

function markerFor(pid: string, layer: string): PlacedLayer {
  return { id: layer, record: { self: layer, pid } };
}

function next(answer: "accepted" | "refused"): "next" | "stop" {
  return answer === "accepted" ? "next" : "stop";
}
