import type { AskOf } from "#domain/channel";
import type { Placement } from "#domain/placement-lease";
import { readOutputRecord } from "#domain/read-records";
import { makeWellFormed } from "#domain/well-formed";
import type { PlacingContext } from "./placing-context.ts";

type Described = Omit<AskOf<"place">, "rungs" | "leaseEndsAtMs">;

/** Where a result goes and what its layer remembers: all of a placement but what it shows. */
export function describePlacement(context: PlacingContext, placement: Placement): Described {
  const { parts } = context;
  const { pid, node: id, run, version, port, index, count, item } = placement;
  const node = parts.board.peek()?.graph.nodes.find((each) => each.id === id);
  const known = parts.versions.peek().get(id);
  const prompt = known?.id === version ? (known.prompts[index] ?? known.prompts[0]) : undefined;
  const asset = item.kind === "asset" ? item.asset : null;
  return {
    ...targetOf(context, placement),
    title: makeWellFormed((node?.title ?? "Result").slice(0, 200)),
    description: makeWellFormed((prompt ?? "").slice(0, 1_000)),
    record: {
      v: 1,
      pid,
      runId: run,
      src: id,
      port,
      idx: index,
      asset: asset?.hash ?? null,
      media: asset?.mediaType ?? "text/plain",
      w: asset?.widthPx ?? null,
      h: asset?.heightPx ?? null,
    },
    count,
  };
}

/**
 * Where a person wants it; else as its node's record says, which is known on the page that is shown:
 * into the slot layer, which takes one result, into the node's own layer, or as a layer of its own.
 */
function targetOf(
  { parts, memory }: PlacingContext,
  { pid, node, index }: Placement,
): Pick<Described, "node" | "mode"> {
  const elsewhere = memory.elsewhere.get(pid);
  if (elsewhere !== undefined) return { node: elsewhere, mode: "stack" };
  const layer = parts.page.peek()?.layers.find(({ id }) => id === node);
  const out = layer ? readOutputRecord(layer).value : null;
  if (out?.mode === "replace") return { node, mode: "replace" };
  const slot = out?.mode === "slot" && index === 0 ? out.slotId : undefined;
  return slot === undefined ? { node, mode: "stack" } : { node: slot, mode: "replace" };
}
