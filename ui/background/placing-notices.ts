import type { Placement } from "#domain/placement-lease";
import type { PlacingContext } from "./placing-context.ts";

/** Tells that a result has no place because its node is gone, and offers it another one. */
export function tellOrphaned(context: PlacingContext, placement: Placement): void {
  const { parts, memory } = context;
  const { version } = placement;
  const others = (memory.orphans.get(version) ?? []).filter(({ index }) => {
    return index !== placement.index;
  });
  memory.orphans.set(version, [...others, placement]);
  const key = `orphaned-${version}`;
  const placeAll = () => {
    const orphans = memory.orphans.get(version) ?? [];
    memory.orphans.delete(version);
    parts.unsay(key);
    for (const orphan of orphans) void placeElsewhere(context, orphan);
  };
  parts.say({
    key,
    kind: "warning",
    text: "A result was not placed because its node is gone. It is kept. Select a layer and place it beside that one, or with nothing selected in the middle of the screen.",
    actions: [{ label: "Place again", act: placeAll }],
    isDismissable: true,
  });
}

/** Tells that a result cannot be shown here, and offers to try it once more. */
export function tellFailed(context: PlacingContext, placement: Placement, message: string): void {
  const { parts, memory, soon } = context;
  const key = `unplaced-${placement.pid}`;
  parts.say({
    key,
    kind: "error",
    text: `A result could not be placed. ${message} It is kept and can be placed later.`,
    actions: [
      {
        label: "Try again",
        act: () => {
          parts.unsay(key);
          memory.failures.delete(placement.pid);
          soon(0);
        },
      },
    ],
    isDismissable: true,
  });
}

async function placeElsewhere(context: PlacingContext, placement: Placement): Promise<void> {
  const { parts, relay, file, memory, selection, soon } = context;
  const target = selection()[0] ?? parts.page.peek()?.id;
  const { version, index } = placement;
  try {
    const body = { file, version, index, session: parts.session };
    const { pid } = await relay.call("placeAgain", { body });
    if (target !== undefined) memory.elsewhere.set(pid, target);
    soon(0);
  } catch {
    // The notice comes back with its offer: nothing is lost while the relay is away.
    tellOrphaned(context, placement);
  }
}
