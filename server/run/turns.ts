import type { LineLimits } from "../store/line-changes.ts";
import { createMemoryBook, type MemoryBookParts } from "./memory-book.ts";
import { createProviderLine } from "./open-line.ts";
import type { LineBook, ProviderLine } from "./provider-line.ts";

/** The right to work on a run, for as long as it is not given back. */
export interface Turn {
  /**
   * Whether nobody else can have begun to work on the run. False in a process that was cut off from
   * the others for so long that they took it for dead: it must not ask for anything that costs.
   */
  readonly isOurs: () => boolean;
  readonly leave: () => void;
}

/** Waits until nobody else works on the run. Throws when the signal aborts before. */
export type TakeRun = (run: string, signal: AbortSignal) => Promise<Turn>;

/** The line before each provider. */
export interface ProviderLines {
  readonly lineOf: (provider: LineLimits) => ProviderLine;
  /** Lines do nothing by themselves from then on. */
  readonly close: () => void;
}

/** Who works on what, so that nothing is done by two and no provider is asked more than it allows. */
export interface Turns extends ProviderLines {
  readonly takeRun: TakeRun;
}

/** What turns in one process are made of. */
export interface TurnsParts extends MemoryBookParts {
  readonly newId: () => string;
}

/** Turns among the passes of this process. */
export function createLocalTurns(parts: TurnsParts): Turns {
  const bookOf = (provider: LineLimits) => createMemoryBook(parts, provider);
  return { takeRun: createRunTurns(), ...createProviderLines(parts, bookOf) };
}

/** Turns at runs among the passes of this process. */
export function createRunTurns(): TakeRun {
  const busy = new Map<string, Promise<void>>();
  return async (run, signal) => {
    // A process that slept past its own lease, as a laptop does, is given a run that it has in hand.
    for (let other = busy.get(run); other; other = busy.get(run)) {
      await Promise.race([other, rejectOn(signal)]);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    busy.set(run, promise);
    return {
      isOurs: () => true,
      leave: () => {
        busy.delete(run);
        resolve();
      },
    };
  };
}

/** A line for each provider, over a book of its own. */
export function createProviderLines(
  parts: Pick<TurnsParts, "clock" | "newId">,
  bookOf: (provider: LineLimits) => LineBook,
): ProviderLines {
  const lines = new Map<string, ProviderLine>();
  return {
    lineOf: (provider) => {
      const line =
        lines.get(provider.id) ?? createProviderLine({ ...parts, book: bookOf(provider) });
      lines.set(provider.id, line);
      return line;
    },
    close: () => {
      for (const line of lines.values()) line.close();
    },
  };
}

/**
 * Throws in a process that may have been taken for dead: nothing that costs leaves it, because the one
 * that took its run over asks by itself. The engine comes back to the run later.
 */
export function checkTurn({ isOurs }: Pick<Turn, "isOurs">): void {
  if (!isOurs()) throw new Error("Another process may work on this run by now.");
}

/** The relay stops; whoever waits for a turn will not get it. */
export class RelayStops extends Error {
  override readonly name = "RelayStops";

  constructor() {
    super("The relay is being stopped.");
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new RelayStops());
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
