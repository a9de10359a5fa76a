import { onTestFinished } from "vitest";
import type { Clock } from "../../../server/clock.ts";
import { createEgress, EgressError, type Egress } from "../../../server/egress.ts";
import type { Wires } from "../../../server/egress/guarded-connector.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { openFaultServer, type Behaviour, type FaultServer } from "../../helpers/fault-server.ts";

/** A host of the test; closed at its end. */
export async function openHost(behave: Behaviour): Promise<FaultServer> {
  const server = await openFaultServer(behave);
  onTestFinished(() => server.close());
  return server;
}

/** An egress with its notes; closed at the end of the test. */
export function openEgress({
  ownOrigins = [],
  wires,
  clock = new VirtualClock(),
}: {
  readonly ownOrigins?: readonly string[];
  readonly wires?: Wires;
  readonly clock?: Clock;
}): { readonly egress: Egress; readonly notes: readonly unknown[] } {
  const notes: unknown[] = [];
  const egress = createEgress({
    clock,
    ownOrigins,
    note: (trouble) => notes.push(trouble),
    ...(wires && { wires }),
  });
  onTestFinished(() => egress.close());
  return { egress, notes };
}

/** Limits that no test meets by accident. */
export const wide = { deadlineMs: 60_000, maxBytes: 1_000_000 } as const;

/** What a request failed by; fails the test when it did not, or by anything else. */
export async function troubleOf(work: Promise<unknown>): Promise<EgressError> {
  const error: unknown = await work.then(
    () => new Error("It went through."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof EgressError)) throw error;
  return error;
}
