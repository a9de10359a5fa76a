import type { Rule } from "./rule.ts";

/** Rules about time, people and the plugin's own life. */
export const lifecycleRules: readonly Rule[] = [
  {
    id: "events-later",
    says: "handlers run later; several selections in one turn give one event",
    certainty: "D",
    basis: "T:513-541",
  },
  {
    id: "page-change-selects",
    says: "a change of page brings a change of selection",
    certainty: "D",
    basis: "T:555",
  },
  {
    id: "changes-batched",
    says: "changes come in batches, at a moment nobody knows, topmost layers only",
    certainty: "D",
    basis: "T:564-595; the period is unknown",
  },
  {
    id: "own-writes-return",
    says: "the plugin's own writes come back as LOCAL, others' as REMOTE",
    certainty: "D",
    basis: "T:3641",
  },
  {
    id: "own-documentchange-silent",
    says: "documentchange does not tell what its own handler did",
    certainty: "D",
    basis: "T:590",
  },
  {
    id: "shared-data-event",
    says: "shared plugin data shows as a pluginData change",
    certainty: "U",
    basis: "figma-platform.md 12, item 5",
    switch: "sharedDataChanges",
  },
  {
    id: "promises-later",
    says: "answers come on later turns, in no promised order",
    certainty: "I",
    basis: "simulator.md 6.4",
  },
  {
    id: "undo-steps",
    says: "all a plugin did is one step unless it commits",
    certainty: "D",
    basis: "T:273",
  },
  {
    id: "undo-is-own",
    says: "undo takes back a person's own changes, and plugin data with them",
    certainty: "D",
    basis: "figma-platform.md 5.6; plugin data inferred",
  },
  {
    id: "close-ends",
    says: "after closing, figma throws, timers and handlers are gone",
    certainty: "D",
    basis: "T:150-225, T:734; the words are unknown",
  },
  {
    id: "notify",
    says: "a notice is cut at 100 characters, has a button and tells when it goes",
    certainty: "D",
    basis: "T:227",
  },
  {
    id: "ui-size",
    says: "a panel is 70 wide at least; a second one replaces the first",
    certainty: "D",
    basis: "T:2813",
  },
  {
    id: "messages-plain",
    says: "messages carry JSON values, dates and bytes; functions are left out",
    certainty: "D",
    basis: "T:2850, figma-platform.md 3.2",
  },
  {
    id: "early-messages",
    says: "a message sent before the panel has loaded waits, or is lost",
    certainty: "U",
    basis: "figma-platform.md 3.2 says queued; simulator.md 8.5 asks",
    switch: "earlyMessages",
  },
  {
    id: "globals",
    says: "there are Figma's globals and no others",
    certainty: "D",
    basis: "figma-platform.md 3.1",
  },
  {
    id: "load-refusals",
    says: "main code with import( or an html comment does not load",
    certainty: "R",
    basis: "figma-platform.md 10.19",
  },
  {
    id: "manifest",
    says: "unknown keys and IP addresses are refused on import",
    certainty: "R",
    basis: "figma-platform.md 2.1, 2.2",
  },
  {
    id: "permissions",
    says: "currentUser and activeUsers need their permission; fileKey needs the private API",
    certainty: "D",
    basis: "T:129, T:73",
  },
  {
    id: "video",
    says: "videos are MP4, MOV or WebM, and FigJam may not take them as fills",
    certainty: "U",
    basis: "T:1783; FigJam figma-platform.md 4.3",
    switch: "videoInFigjam",
  },
];
