import type { Handler } from "../handler.ts";
import { createStreamCount } from "./count-streams.ts";
import { createRunFollowers } from "./follow-run.ts";
import type { RouteParts } from "./route-parts.ts";
import { findRun } from "./runs.ts";
import { watchToken } from "./watch-token.ts";

/**
 * The events of a run as a stream: first those behind Last-Event-ID, then new ones as they come,
 * without a gap at the seam, until run-end. A number from another run or the future is answered from
 * where the run stands, so that a client can always come back.
 */
export function runEvents(parts: RouteParts): Handler<"runEvents"> {
  const enter = createStreamCount();
  const followers = createRunFollowers(parts);
  return async ({ caller, path, header }) => {
    const { id, state, lastEvent } = await findRun(parts, caller.team, path["run"]);
    const ends = [enter(caller), parts.traffic.enter(), parts.metrics.streamOpened()];
    const after = Number(/^\d{1,9}$/.exec(header("last-event-id") ?? "")?.[0] ?? 0);
    if (after > lastEvent) parts.metrics.streamReset();
    // The end of a run that is over is told to whoever asks: nothing else would ever come.
    const newest = state === "running" ? lastEvent : lastEvent - 1;
    return {
      headers: { "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no" },
      begin: (reader) =>
        followers.follow(
          {
            team: caller.team,
            run: id,
            after: Math.min(after, newest),
            isStillPaired: watchToken(parts, caller),
            leave: () => ends.forEach((end) => end()),
          },
          reader,
        ),
    };
  };
}
