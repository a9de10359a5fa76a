/** What a provider allows, from all processes together. */
export interface LineLimits {
  readonly id: string;
  readonly concurrency: number;
  readonly callsPerMinute?: number;
}

/** A call that asks for a place. */
export interface LineCall {
  readonly id: string;
  readonly team: string;
  readonly member: string;
  /** Whether the provider will be asked to make something, rather than about what it makes already. */
  readonly startsCall: boolean;
}

/** What a process has to say to a line. */
export interface LineChanges {
  readonly arrivals: readonly LineCall[];
  /** Calls that give up their place or their waiting. */
  readonly leaving: readonly string[];
  /** How many calls that have a place want to ask the provider once more. */
  readonly restarts: number;
  /** For how long nobody may ask the provider; 0 changes nothing. */
  readonly pauseMs: number;
  readonly wantsPositions: boolean;
}

/** How a line stands after that, for the process that asked. */
export interface LineNews {
  /** Its calls that have a place. */
  readonly entered: readonly string[];
  /** How many of the restarts may go on. */
  readonly restarted: number;
  /** Where its calls stand, the next one at 1; null where that was not asked for. */
  readonly positions: ReadonlyMap<string, number> | null;
  /** When it is worth looking again though nothing happens; null where it is not. */
  readonly waitMs: number | null;
  /** Whether calls of other processes were let in. */
  readonly hasServedOthers: boolean;
}
