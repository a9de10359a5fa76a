/** What a plugin sees when Figma refuses: the words of Figma where a source gives them. */
export class FigmaError extends Error {
  override readonly name = "Error";
}

/** A refusal in the words `in set_opacity: …` (simulator.md 6.3). */
export function refuse(operation: string, reason: string): FigmaError {
  return new FigmaError(`in ${operation}: ${reason}`);
}

/**
 * The stand-in does not model this member or case. Never a missing value: a stand-in that answers
 * undefined where Figma answers something is kinder, or crueller, than Figma.
 */
export class SimUnsupported extends Error {
  override readonly name = "SimUnsupported";
  readonly member: string;

  constructor(member: string, detail = "is not modelled by the stand-in") {
    super(`${member} ${detail}`);
    this.member = member;
  }
}
