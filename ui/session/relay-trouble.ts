import { RelayRefusal } from "#domain/relay-client";

/** No answer came: nothing listens there or the browser forbids it ("gone"), or it took too long. */
export class RelaySilence extends Error {
  override readonly name = "RelaySilence";
  readonly kind: "gone" | "slow";

  constructor(kind: "gone" | "slow") {
    super(kind === "slow" ? "The relay did not answer in time." : "The relay cannot be reached.");
    this.kind = kind;
  }
}

/** What stands between the panel and its relay; "refused" is the relay's own word on one request. */
export type RelayTrouble =
  "gone" | "slow" | "blocked" | "other-version" | "unknown-panel" | "refused";

/** A trouble in words: one sentence, and the steps that lead out of it. */
export interface TroubleWords {
  readonly problem: string;
  readonly steps: readonly string[];
}

/** What a request that failed says about the relay. What nobody expected means another version. */
export function troubleOf(error: unknown): Exclude<RelayTrouble, "blocked"> {
  if (error instanceof RelaySilence) return error.kind;
  if (error instanceof RelayRefusal) {
    const isUnknown = error.code === "token-invalid" || error.code === "token-missing";
    return isUnknown ? "unknown-panel" : "refused";
  }
  return "other-version";
}

/** The sentence for a request that failed, whatever it was. */
export function sentenceFor(error: unknown, address: string): string {
  const trouble = troubleOf(error);
  if (trouble === "refused" && error instanceof RelayRefusal) return error.message;
  return wordsFor(trouble, address).problem;
}

/** What to tell a person about a trouble with the relay at an address. */
export function wordsFor(trouble: RelayTrouble, address: string): TroubleWords {
  switch (trouble) {
    case "gone":
      return {
        problem: `The relay at ${address} does not answer. Start it, then try again.`,
        steps: [
          "Open a terminal in the folder of Spaces and run: npm start",
          `Check that it says it listens on ${address}.`,
          "Come back here and press Try again. Runs that were under way go on by themselves.",
        ],
      };
    case "slow":
      return {
        problem: `The relay at ${address} takes too long to answer. The panel keeps trying.`,
        steps: [
          "Wait a moment; a relay that has much to do answers late.",
          "Then press Try again.",
        ],
      };
    case "blocked":
      return {
        problem: `Nothing answers at ${address}: the relay is not running, or your browser keeps this panel from it.`,
        steps: [
          "Start the relay: open a terminal in the folder of Spaces and run npm start.",
          "When the browser asks whether this page may reach apps on this device, choose Allow.",
          "If it does not ask: open the site settings beside the address of this page and allow Local network access.",
          "If that is not offered, open this file in Figma's desktop app.",
        ],
      };
    case "other-version":
      return {
        problem: `What answers at ${address} is no relay of this version of Spaces.`,
        steps: [
          "Update the relay and this plugin to the same version.",
          "Start the relay anew, close this panel and open it again.",
        ],
      };
    case "unknown-panel":
      return {
        problem: "The relay does not know this panel any more. Pair them again with a new code.",
        steps: [],
      };
    case "refused":
      return { problem: "The relay refused the request. Try again.", steps: ["Press Try again."] };
  }
}
