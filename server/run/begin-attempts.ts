import type { Provider } from "../providers/provider.ts";
import { insertAttempt, type Attempt } from "../store/attempts.ts";
import { setNodeRun } from "../store/node-runs.ts";
import { appendEvent } from "../store/run-events.ts";
import type { RunContext } from "./run-context.ts";
import { newestKeyVersion } from "./use-key.ts";
import type { ReadyNode } from "./run-inputs.ts";

/** How long a try may take before its outcome counts as unknown (product.md A17). */
const deadlineMs: Readonly<Record<string, number>> = { video: 30 * 60_000, audio: 10 * 60_000 };
const usualDeadlineMs = 5 * 60_000;

/** A first attempt for each call, made with the node's start in one commit, with its intent if told. */
export async function beginAttempts(
  context: RunContext,
  ready: ReadyNode,
  hasIntent: boolean,
): Promise<Attempt[]> {
  const { parts, run } = context;
  const provider = providerOf(context, ready);
  const nowMs = parts.clock.nowMs();
  const keyVersion = hasIntent ? await newestKeyVersion(parts, { team: run.team, provider }) : null;
  const attempts = await parts.store.transaction(async (transaction) => {
    const made: Attempt[] = [];
    for (const [call] of ready.calls.entries()) {
      made.push(
        await insertAttempt(transaction, run.team, {
          state: hasIntent ? "submitting" : "reserved",
          id: parts.newId(),
          run: run.id,
          node: ready.node.id,
          call,
          tryNumber: 1,
          provider: provider.id,
          model: ready.model.id,
          recovery: provider.recovery,
          reference: parts.newId(),
          requestHash: ready.fingerprint,
          keyVersion,
          seed: seedOf(ready, call, parts.newSeed),
          deadlineAtMs: nowMs + (deadlineMs[ready.model.task] ?? usualDeadlineMs),
          nowMs,
        }),
      );
    }
    const started = { state: "running", version: null } as const;
    await setNodeRun(transaction, run.team, run.id, ready.node.id, started);
    const event = { type: "node-start", node: ready.node.id, calls: made.length } as const;
    await appendEvent(transaction, run.team, run.id, event, nowMs);
    return made;
  });
  parts.hub.notify(run.id);
  return attempts;
}

/** The designer's seed, or a new one that is kept with the attempt; each call of a batch its own. */
function seedOf(ready: ReadyNode, call: number, newSeed: () => number): number {
  const chosen = ready.settings["seed"];
  return typeof chosen === "number" ? (chosen + call) % 2_147_483_648 : newSeed();
}

/** The provider of a node's model. Throws when it is gone. */
export function providerOf(context: RunContext, ready: ReadyNode): Provider {
  const provider = context.parts.providers.providerOf(ready.model.id);
  if (!provider) throw new Error(`The provider of ${ready.model.id} is gone.`);
  return provider;
}
