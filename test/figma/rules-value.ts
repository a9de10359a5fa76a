import type { Rule } from "./rule.ts";

/** Rules about text, stored data, images and exports. */
export const valueRules: readonly Rule[] = [
  {
    id: "unloaded-font",
    says: "text cannot be changed before all its fonts were loaded",
    certainty: "D",
    basis: "simulator.md 6.3; figma-platform.md 4.7",
  },
  {
    id: "unknown-font",
    says: "loading a font that is not there rejects",
    certainty: "R",
    basis: "simulator.md 6.3",
  },
  {
    id: "font-size-least",
    says: "a font size below 1 is refused",
    certainty: "R",
    basis: "T:5580",
  },
  {
    id: "characters-drop-ranges",
    says: "assigning characters drops the looks of ranges, inserting keeps them",
    certainty: "R",
    basis: "figma-platform.md 4.7",
  },
  {
    id: "connector-label-font",
    says: "a new connector's label has no valid font until one is assigned",
    certainty: "R",
    basis: "figma-platform.md 1.2",
  },
  {
    id: "plugin-data-limit",
    says: "an entry over 100 kB is refused and nothing stored; the empty string deletes",
    certainty: "D",
    basis: "T:6530; the words are unknown",
  },
  {
    id: "plugin-data-private",
    says: "plugin data belongs to one plugin id, shared data to a namespace of three characters at least",
    certainty: "D",
    basis: "T:6527, T:6556",
  },
  {
    id: "copies-carry-data",
    says: "copies carry plugin data",
    certainty: "I",
    basis: "figma-platform.md 5.2",
    switch: "copiesCarryPluginData",
  },
  {
    id: "relaunch-data",
    says: "relaunch data is replaced as a whole, at most 1000 characters, not on pages in FigJam",
    certainty: "D",
    basis: "T:6411",
  },
  {
    id: "client-storage",
    says: "client storage keeps values between runs, for one plugin, up to 5 MB",
    certainty: "D",
    basis: "figma-platform.md 5.1",
  },
  {
    id: "image-types",
    says: "images are PNG, JPEG or GIF, at most 4096 px; the same bytes have the same hash",
    certainty: "D",
    basis: "T:1740",
  },
  {
    id: "export-settings",
    says: "export gives true pixels at the asked size and refuses keys a format does not have",
    certainty: "D",
    basis: "T:5119",
  },
];
