import type { LineCall, LineChanges, LineNews } from "../store/line-changes.ts";

/** Who stands in a line. */
export interface Asker extends Omit<LineCall, "id"> {
  /**
   * Hears where the call stands, the next one at 1, at most every two seconds; 0 once it waits no more.
   * Not called for one that never waited.
   */
  readonly tell: (position: number) => void;
}

/** A call's stand in its provider's line. */
export interface Ticket {
  readonly hasPlace: () => boolean;
  /** True once it has a place; false when the signal aborts before, after which it waits no more. */
  wait(signal: AbortSignal | null): Promise<boolean>;
  /**
   * Before each time that the provider is asked for something that costs: resolves when its pause and
   * its rate allow it, or when the signal aborts. The first time is part of the place.
   */
  start(signal: AbortSignal | null): Promise<void>;
  /** The provider asked to be left alone: nobody of any process asks it for so long. */
  pause(durationMs: number): void;
  leave(): void;
}

/** The line before a provider, which lets in so many calls at a time, members in turn. */
export interface ProviderLine {
  /** Stands in the line; resolves once it is known whether there is a place at once. */
  ask(asker: Asker): Promise<Ticket>;
  /** Looks whether anybody was let in meanwhile. */
  look(): void;
  /** Does nothing by itself from then on. */
  close(): void;
}

/** Where a line is written down. */
export interface LineBook {
  /** Whether others write in it too, so that it has to be looked at. */
  readonly isShared: boolean;
  /** Makes changes and lets in whoever is next. When it throws, nothing was changed or all was. */
  exchange(changes: LineChanges): Promise<LineNews>;
}
