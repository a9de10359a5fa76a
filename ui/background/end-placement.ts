import type { PlacementEnd } from "#domain/placement-end";
import { RelayRefusal } from "#domain/relay-client";
import type { PlacingContext } from "./placing-context.ts";

/** Tells the relay what became of a placement. "refused": it knows better; look at the canvas again. */
export async function endPlacement(
  { parts, relay }: Pick<PlacingContext, "parts" | "relay">,
  pid: string,
  outcome: PlacementEnd["outcome"],
  layer: string | null,
): Promise<"accepted" | "refused"> {
  const { session } = parts;
  try {
    await relay.call("placementEnd", { path: { pid }, body: { session, outcome, layer } });
    return "accepted";
  } catch (error) {
    if (isFinal(error)) return "refused";
    throw error;
  }
}

/** Whether asking the same again can only get the same answer. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof RelayRefusal)) return false;
  return ["conflict", "not-found", "request-invalid", "not-allowed"].includes(error.code);
}

/**
 * Tells that a layer holds a placement. Refused, the canvas is looked at again: of two layers that hold
 * it the smaller id stays, this session takes its own away, and tells which one is left.
 */
export async function endPlaced(
  context: PlacingContext,
  pid: string,
  layer: string,
): Promise<"accepted" | "refused"> {
  const { markers } = context;
  const answer = await endPlacement(context, pid, "placed", layer);
  if (answer === "accepted") return answer;
  await markers.scan();
  await removeOwnRedundant(context);
  const kept = markers.placed.peek().get(pid);
  return kept === undefined ? "refused" : endPlacement(context, pid, "placed", kept);
}

/** Takes away the layers that this session made and that hold what a layer with a smaller id holds. */
export async function removeOwnRedundant({
  parts,
  markers,
}: Pick<PlacingContext, "parts" | "markers">): Promise<void> {
  const layers = markers.redundant();
  if (layers.length === 0) return;
  await parts.channel.ask("removeLayers", { layers, isUndoStep: false });
}
