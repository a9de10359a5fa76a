import type { FailureCode } from "#domain/failure";

/** The failures that picture work knows: a fault of the input, a stop, or a fault of ours. */
export type MediaFailureCode = Extract<FailureCode, "input-invalid" | "cancelled" | "internal">;

/** Expected trouble of picture work. The message is a whole sentence for a designer. */
export class MediaFailure extends Error {
  override readonly name = "MediaFailure";
  readonly code: MediaFailureCode;

  constructor(code: MediaFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Throws the failure of a stop when the signal was aborted. */
export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw stoppedFailure();
}

/** The failure of work that was stopped on request. */
export function stoppedFailure(): MediaFailure {
  return new MediaFailure("cancelled", "The picture work was stopped.");
}
