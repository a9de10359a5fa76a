import { effect, type ReadonlySignal } from "@preact/signals-core";
import type { Placement } from "#domain/placement-lease";
import type { BackgroundParts } from "./background.ts";
import { watchMarkers } from "./canvas-markers.ts";
import { endPlacement, removeOwnRedundant } from "./end-placement.ts";
import { createFileIdentity } from "./file-identity.ts";
import { placeResult } from "./place-result.ts";
import { createPlacingMemory, type PlacingContext } from "./placing-context.ts";
import { createTurn } from "./turn.ts";

/** How long until results are looked for again without a reason (figma-platform.md 11.6). */
const restMs = 20_000;
/** Layers are often taken away and made by the dozen. */
const settleMs = 300;
/** Each result in hand may be as large as an upload. */
const mostAtOnce = 3;

/** The placing of results, as the background sees it. */
export interface Placer {
  readonly file: ReadonlySignal<string | null>;
  readonly placed: ReadonlySignal<ReadonlyMap<string, string>>;
  readonly placeSoon: () => void;
  readonly stop: () => void;
}

/**
 * Brings every result that waits onto the canvas, exactly once, together with the other sessions of
 * the file (figma-platform.md 11.6): in rounds, at the start, when asked, and every 20 seconds. The
 * canvas is the memory: a round that was cut short leaves nothing that the next one does not find.
 */
export function startPlacer(parts: BackgroundParts): Placer {
  const memory = createPlacingMemory();
  const markers = watchMarkers(parts);
  let selection: readonly string[] = parts.hello.selection;
  const soon = (delayMs: number) => {
    turn.soon(delayMs);
  };
  const identity = createFileIdentity(parts, () => {
    soon(0);
  });
  const turn = createTurn(
    parts.time,
    async () => {
      soon(restMs);
      const relay = parts.relay.peek();
      if (!relay) return;
      const file = await identity.enter(relay);
      // Who may not place still sees what is placed.
      if (file === null) return markers.scan();
      const context = { parts, relay, file, markers, memory, selection: () => selection, soon };
      await placeAll(context);
    },
    // The relay or the canvas did not answer; the next round finds all as it is.
    () => undefined,
  );
  const stops = [
    parts.channel.hear("selection", ({ layers }) => {
      selection = layers;
    }),
    parts.channel.hear("layers", ({ removed }) => {
      if (removed.length > 0 && markers.untold().gone.length > 0) soon(settleMs);
    }),
    effect(() => {
      if (parts.relay.value) soon(0);
    }),
    // A version that was heard of just now has results that wait.
    parts.versions.subscribe(() => {
      soon(0);
    }),
    markers.stop,
    identity.stop,
    turn.stop,
  ];
  return {
    file: identity.file,
    placed: markers.placed,
    placeSoon: () => {
      soon(0);
    },
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** One round: what waits is placed node by node, each node's results in their order. */
async function placeAll(context: PlacingContext): Promise<void> {
  const { parts, relay, file, markers, memory } = context;
  const { placements, nowMs } = await relay.call("placements", {
    query: { file },
    body: undefined,
  });
  await markers.scan();
  await removeOwnRedundant(context);
  await tellChanges(context);
  memory.forgetEnded(placements);
  const queues = queuesOf(placements, new Set(parts.page.peek()?.layers.map(({ id }) => id)));
  const work = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) {
      for (const placement of queue) {
        if (parts.isReadOnly.peek()) return;
        if ((await placeResult(context, placement, nowMs)) === "stop") break;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: mostAtOnce }, work));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
}

/** What a person took away is never placed again by itself; what came back is there again. */
async function tellChanges(context: PlacingContext): Promise<void> {
  const { gone, returned } = context.markers.untold();
  for (const { pid, layer } of gone) {
    await endPlacement(context, pid, "removed", layer);
    context.markers.told({ pid, layer });
  }
  for (const { pid, layer } of returned) {
    await endPlacement(context, pid, "placed", layer);
    context.markers.told({ pid, layer });
  }
}

/** Placements by node, those on the page that is shown first; each queue oldest first, in its row. */
function queuesOf(placements: readonly Placement[], shown: ReadonlySet<string>): Placement[][] {
  const queues = new Map<string, Placement[]>();
  for (const placement of placements) {
    const queue = queues.get(placement.node);
    if (queue) queue.push(placement);
    else queues.set(placement.node, [placement]);
  }
  const sorted = [...queues.values()];
  for (const queue of sorted) {
    queue.sort(
      (one, other) =>
        one.madeAtMs - other.madeAtMs ||
        compare(one.version, other.version) ||
        one.index - other.index,
    );
  }
  const isHere = (queue: readonly Placement[]) => shown.has(queue[0]?.node ?? "");
  return [...sorted.filter(isHere), ...sorted.filter((queue) => !isHere(queue))];
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
