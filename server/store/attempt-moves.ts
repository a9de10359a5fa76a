/**
 * Where an attempt may go from each state (reliability.md 3.1). What stands here is all there is:
 * a move that is not listed is refused.
 */
export const attemptMoves = {
  reserved: ["submitting", "cancelled"],
  submitting: ["submitted", "stored", "failed", "cancelled", "unknown"],
  submitted: ["stored", "failed", "cancelled", "unknown"],
  stored: ["settled"],
  settled: [],
  failed: [],
  cancelled: [],
  unknown: [],
} as const satisfies Record<string, readonly string[]>;

/** Where an attempt is. */
export type AttemptState = keyof typeof attemptMoves;
