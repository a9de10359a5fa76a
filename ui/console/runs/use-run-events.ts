import { useEffect, useState } from "preact/hooks";
import type { NumberedEvent } from "#domain/run-event";
import { browserTime } from "../../browser-time.ts";
import { useConsole } from "../console-context.ts";
import type { PageRelay } from "../relay-of-page.ts";

/** What a run has told so far. */
interface RunEvents {
  readonly events: readonly NumberedEvent[];
  /** Why nothing more is heard of it, in a sentence. */
  readonly problem: string | null;
}

/** News come in bursts: the page is drawn at most this often for them. */
const drawMs = 100;

/** Follows a run from its first event to its last; `ended` is called when it has told that one. */
export function useRunEvents(run: string, ended: () => void): RunEvents {
  const { relay, tell } = useConsole();
  const [told, setTold] = useState<RunEvents>({ events: [], problem: null });
  useEffect(() => {
    const events: NumberedEvent[] = [];
    const leaving = new AbortController();
    const { signal: left } = leaving;
    let stop: (() => void) | null = null;
    const draw = (): void => {
      stop = null;
      if (!left.aborted) setTold({ events: [...events], problem: null });
    };
    const take = (numbered: NumberedEvent): void => {
      events.push(numbered);
      stop ??= browserTime.wait(drawMs, draw);
    };
    follow(relay, run, left, take).then(
      () => {
        if (!left.aborted) ended();
      },
      (error: unknown) => {
        if (!left.aborted) setTold({ events: [...events], problem: tell(error) });
      },
    );
    return () => {
      leaving.abort();
      stop?.();
    };
  }, [relay, run]);
  return told;
}

/** Reads until the run ends. Throws when the relay falls silent, or somebody has left. */
async function follow(
  relay: PageRelay,
  run: string,
  left: AbortSignal,
  take: (event: NumberedEvent) => void,
): Promise<void> {
  let last = 0;
  for (;;) {
    const before = last;
    for await (const numbered of relay.events(run, last, left)) {
      last = numbered.number;
      take(numbered);
      if (numbered.event.type === "run-end") return;
    }
    // A stream that broke off is taken up behind its last event; one that says nothing is not asked on.
    if (last === before) return;
  }
}
