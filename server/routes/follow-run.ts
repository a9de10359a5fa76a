import { formatMessage } from "#domain/event-stream";
import type { LiveReader, LiveWriter } from "../live-answer.ts";
import { eventsAfter } from "../store/run-events.ts";
import type { RouteParts } from "./route-parts.ts";

/** A quiet stream says so this often, so that a dead connection is noticed at both ends. */
const heartbeatMs = 15_000;
/** When a reader comes back to a relay that stopped: the next one has started by then. */
const comeBackMs = 1_000;
/** Events read from the store at a time: a slow reader costs one page of memory, not the run. */
const pageSize = 256;
/** Streams that say something before requests are answered in between. */
const beatsAtOnce = 64;

const encoder = new TextEncoder();
const heartbeat = encoder.encode(": still running\n\n");
const comeBack = encoder.encode(`retry: ${comeBackMs}\n\n`);

/** An event as every reader of its run is sent it. */
interface EncodedEvent {
  readonly number: number;
  readonly isEnd: boolean;
  readonly bytes: Uint8Array;
}

/** What the streams of a relay share: one timer, and each event read and encoded once for all of them. */
export interface RunFollowers {
  /** Writes the events of a run behind a number until its end or until the reader is gone. */
  readonly follow: (place: FollowedRun, reader: LiveReader) => LiveWriter;
}

/** Where a stream begins, and what ends it. */
export interface FollowedRun {
  readonly team: string;
  readonly run: string;
  readonly after: number;
  readonly isStillPaired: () => Promise<boolean>;
  /** Called once, however the stream ended. */
  readonly leave: () => void;
}

type FollowParts = Pick<RouteParts, "store" | "hub" | "clock" | "reach" | "traffic">;

/** Opens what the streams of a relay share. */
export function createRunFollowers(parts: FollowParts): RunFollowers {
  const { stopping } = parts.traffic;
  const followers = new Set<Follower>();
  const readPage = shareReads(parts);
  let quiet = new AbortController();
  const beatOn = async ({ signal }: AbortController) => {
    for (;;) {
      await parts.clock.sleep(heartbeatMs, signal);
      if (signal.aborted) return;
      let beats = 0;
      for (const follower of followers) {
        follower.beat();
        beats += 1;
        if (beats % beatsAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
  stopping.addEventListener("abort", () => {
    for (const follower of followers) follower.ring();
  });
  return {
    follow: (place, reader) => {
      if (followers.size === 0) {
        quiet = new AbortController();
        void beatOn(quiet);
      }
      const forget = () => {
        followers.delete(follower);
        if (followers.size === 0) quiet.abort("no streams");
      };
      const follower = new Follower({ ...parts, readPage, forget }, place, reader);
      followers.add(follower);
      follower.ring();
      return follower;
    },
  };
}

interface SharedParts extends FollowParts {
  readonly readPage: (team: string, run: string, after: number) => Promise<EncodedEvent[]>;
  readonly forget: () => void;
}

/** One stream. While it waits nothing is under way for it: news and the timer ring. */
class Follower implements LiveWriter {
  readonly #parts: SharedParts;
  readonly #place: FollowedRun;
  readonly #reader: LiveReader;
  readonly #stopListening: () => void;
  #last: number;
  #isAtWork = false;
  #hasNews = false;
  #isOver = false;
  #isReady: (() => void) | null = null;

  constructor(parts: SharedParts, place: FollowedRun, reader: LiveReader) {
    this.#parts = parts;
    this.#place = place;
    this.#reader = reader;
    this.#last = place.after;
    this.#stopListening = parts.hub.listen(place.run, () => this.ring());
  }

  ring(): void {
    this.#hasNews = true;
    if (this.#isAtWork || this.#isOver) return;
    this.#isAtWork = true;
    this.#write().then(
      (isEnd) => {
        this.#isAtWork = false;
        if (isEnd) this.#end();
      },
      () => {
        if (!this.#isOver) this.#reader.breakOff();
        this.gone();
      },
    );
  }

  /** Says that the stream lives, and looks: news may have been lost, or the token have ended. */
  beat(): void {
    if (this.#isAtWork || this.#isOver) return;
    this.#reader.write(heartbeat);
    this.ring();
  }

  ready(): void {
    this.#isReady?.();
    this.#isReady = null;
  }

  gone(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopListening();
    this.#parts.forget();
    this.#place.leave();
    this.ready();
  }

  #end(): void {
    if (!this.#isOver) this.#reader.end();
    this.gone();
  }

  /** Writes what there is; true when the stream is at its end. */
  async #write(): Promise<boolean> {
    const { traffic, reach, readPage } = this.#parts;
    const { team, run, isStillPaired } = this.#place;
    while (this.#hasNews) {
      this.#hasNews = false;
      if (traffic.stopping.aborted) {
        await this.#send(comeBack);
        return true;
      }
      if (!(await isStillPaired())) return true;
      for (const { number, isEnd, bytes } of await readPage(team, run, this.#last)) {
        await this.#send(bytes);
        if (this.#isOver) return true;
        await reach("afterPublish");
        this.#last = number;
        if (isEnd) return true;
        this.#hasNews = true;
      }
    }
    return false;
  }

  /** Resolves when the reader takes more, or is gone. */
  async #send(bytes: Uint8Array): Promise<void> {
    if (this.#isOver) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#isReady = resolve;
    if (this.#reader.write(bytes)) this.ready();
    await promise;
  }
}

/** Who asks for the same page while it is read is given the same bytes. */
function shareReads({ store }: FollowParts): SharedParts["readPage"] {
  const reading = new Map<string, Promise<EncodedEvent[]>>();
  const read = async (team: string, run: string, after: number) => {
    const page = await eventsAfter(store.database, team, run, after, pageSize);
    return page.map((numbered) => {
      const { number, event } = numbered;
      const data = JSON.stringify(numbered);
      const bytes = encoder.encode(formatMessage({ id: String(number), type: "run", data }));
      return { number, isEnd: event.type === "run-end", bytes };
    });
  };
  return (team, run, after) => {
    const name = JSON.stringify([team, run, after]);
    const known = reading.get(name);
    if (known) return known;
    const page = read(team, run, after).finally(() => reading.delete(name));
    reading.set(name, page);
    return page;
  };
}
