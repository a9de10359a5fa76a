import type { Rule } from "./rule.ts";

/** Rules about the tree of layers, their geometry and connectors. */
export const treeRules: readonly Rule[] = [
  {
    id: "reparenting",
    says: "cycles, pages in pages, parents without children and indexes beyond the end are refused",
    certainty: "D",
    basis: "T:7046-7075",
  },
  {
    id: "instance-sealed",
    says: "nothing can be put into or taken out of an instance",
    certainty: "D",
    basis: "T:7052",
  },
  {
    id: "append-keeps-numbers",
    says: "appendChild keeps x and y, which then mean the new parent's space",
    certainty: "R",
    basis: "figma-platform.md 6.4",
  },
  {
    id: "group-transparent",
    says: "a group has no space of its own and fits its children",
    certainty: "D",
    basis: "T:7339",
  },
  {
    id: "empty-group-goes",
    says: "a group without children removes itself",
    certainty: "D",
    basis: "T:6387 removed",
  },
  {
    id: "selection-rules",
    says: "a selection holds layers of its page only, none under another",
    certainty: "D",
    basis: "T:10648, T:556",
  },
  {
    id: "resize-least",
    says: "sizes below 0.01 are refused, lines have height 0",
    certainty: "D",
    basis: "T:7466",
  },
  {
    id: "auto-layout-places",
    says: "auto-layout places and hugs; setting x there does nothing; HUG and FILL only where they apply",
    certainty: "D",
    basis: "T:7300, T:7420",
  },
  {
    id: "resize-fixes-layout",
    says: "resize makes hugging frames fixed",
    certainty: "R",
    basis: "figma-platform.md 10.31",
  },
  {
    id: "connector-ends",
    says: "hidden, locked and nested-in-instance targets, self-connections and wrong magnets are refused; pages are not",
    certainty: "R",
    basis: "figma-platform.md 1.2; magnets simulator.md 6.3 [D]",
  },
  {
    id: "connector-clone",
    says: "connectors can be cloned in FigJam only",
    certainty: "R",
    basis: "figma-platform.md 1.3",
  },
  {
    id: "connector-group",
    says: "connectors cannot be grouped",
    certainty: "R",
    basis: "figma-platform.md 1.2",
  },
  {
    id: "connector-default",
    says: "a new connector is 200 wide, elbowed, with an arrow at its end",
    certainty: "D",
    basis: "T:1247",
  },
  {
    id: "free-end",
    says: "a free end tells its position, and maybe the page it lies on",
    certainty: "U",
    basis: "simulator.md 8.2",
    switch: "freeConnectorEnd",
  },
  {
    id: "end-after-delete",
    says: "an end whose layer is deleted becomes free, or keeps the dead id",
    certainty: "U",
    basis: "figma-platform.md 12, item 10",
    switch: "connectorAfterDelete",
  },
  {
    id: "page-limit",
    says: "a Starter team has three pages at most",
    certainty: "D",
    basis: "T:1133",
  },
  {
    id: "no-pages-in-figjam",
    says: "createPage is not there in FigJam",
    certainty: "U",
    basis: "figma-platform.md 6.1 says absent, T:1133 speaks of a limit of one page there",
  },
];
