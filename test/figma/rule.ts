/**
 * How sure a rule is: D Figma's own text (typings or developer pages), R reported by plugin authors,
 * I inferred, U unknown (the stand-in takes the stricter reading, or has a switch).
 */
type Certainty = "D" | "R" | "I" | "U";

/** One thing the stand-in enforces because Figma does, with its source. */
export interface Rule {
  readonly id: string;
  readonly says: string;
  readonly certainty: Certainty;
  /** Where it is written: a line of plugin-api.d.ts 1.142.0 (T:…), a page, or the research page. */
  readonly basis: string;
  /** The switch that gives the other reading. */
  readonly switch?: string;
}
