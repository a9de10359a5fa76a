/** One thing that `spaces doctor` looked at. */
export interface Finding {
  readonly what: string;
  readonly isGood: boolean;
  /** What was found, and what to do where it is not good. */
  readonly sentence: string;
}
