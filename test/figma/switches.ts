/**
 * Where Figma's behaviour is unknown, both readings can be had; a test that depends on one of them
 * runs both ways. The open questions are listed in rules.ts.
 */
export interface Switches {
  /** What `connectorStart` of a free end tells (simulator.md 4, question 8.2). */
  readonly freeConnectorEnd: "position" | "page-and-position";
  /** What becomes of an end whose layer is deleted (figma-platform.md 12, item 10). */
  readonly connectorAfterDelete: "free" | "dead-id";
  /** Whether a message sent before the panel has loaded waits, as Figma's page says, or is lost (question 8.5). */
  readonly earlyMessages: "queue" | "drop";
  /** What reading a member that a layer does not have gives (figma-platform.md 3.1). */
  readonly missingMemberRead: "throw" | "undefined";
  /** Whether a copied layer carries its plugin data (figma-platform.md 5.2). */
  readonly copiesCarryPluginData: boolean;
  /** Whether VIDEO fills are accepted in FigJam (figma-platform.md 4.3). */
  readonly videoInFigjam: "accept" | "refuse";
  /** Whether the file is in a Starter team: three pages at most, no video uploads. */
  readonly starterTeam: boolean;
  /** Whether shared plugin data shows as a `pluginData` change (figma-platform.md 12, item 5). */
  readonly sharedDataChanges: "reported" | "silent";
}

/** The readings taken when a test does not say. */
export const defaultSwitches: Switches = {
  freeConnectorEnd: "position",
  connectorAfterDelete: "free",
  earlyMessages: "queue",
  missingMemberRead: "throw",
  copiesCarryPluginData: true,
  videoInFigjam: "accept",
  starterTeam: false,
  sharedDataChanges: "reported",
};
