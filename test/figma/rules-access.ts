import type { Rule } from "./rule.ts";

/** Rules about members: what may be read, written and called, and where. */
export const accessRules: readonly Rule[] = [
  {
    id: "unknown-member-write",
    says: "writing a member a layer does not have throws, in sloppy code too",
    certainty: "R",
    basis: "simulator.md 6.3; whether sloppy bundles throw is question 8.3",
  },
  {
    id: "unknown-member-read",
    says: "reading a member a layer does not have throws, `in` tells",
    certainty: "R",
    basis: "figma-platform.md 3.1",
    switch: "missingMemberRead",
  },
  {
    id: "readonly-write",
    says: "writing a read-only member throws",
    certainty: "R",
    basis: "simulator.md 6.3: no setter for property",
  },
  {
    id: "fresh-frozen-reads",
    says: "lists and objects read from a layer are new each time and cannot be changed",
    certainty: "D",
    basis: "T:7032 children; simulator.md 6.3",
  },
  {
    id: "same-layer-same-object",
    says: "a layer is the same object however it is reached",
    certainty: "I",
    basis: "authors compare nodes by ===",
  },
  {
    id: "wrong-type",
    says: "a value of another type is refused by name and type",
    certainty: "D",
    basis: 'simulator.md 6.3: Expected "opacity" to have type number',
  },
  {
    id: "paint-shape",
    says: "paints with unknown keys, kinds or numbers out of range are refused",
    certainty: "R",
    basis: "simulator.md 6.3: failed validation",
  },
  {
    id: "mixed-crosses-nothing",
    says: "figma.mixed cannot be sent or passed",
    certainty: "R",
    basis: "simulator.md 6.3: Cannot unwrap symbol",
  },
  {
    id: "wrong-editor",
    says: "members of the other editor are not there",
    certainty: "D",
    basis: "T:1220, T:1088 notes; figma-platform.md 1.3",
  },
  {
    id: "view-only",
    says: "writes without edit rights are refused, reads are not",
    certainty: "D",
    basis: "simulator.md 6.3: Cannot write to internal and read-only nodes",
  },
  {
    id: "dynamic-page-sync",
    says: "synchronous look-ups and assignments throw under dynamic-page",
    certainty: "D",
    basis: "T:423, figma-platform.md appendix D",
  },
  {
    id: "unloaded-page",
    says: "a page that is not loaded shows no children",
    certainty: "D",
    basis: "T:7036",
  },
  {
    id: "root-search",
    says: "searching the document needs all pages",
    certainty: "R",
    basis: "simulator.md 6.3",
  },
  {
    id: "documentchange-needs-pages",
    says: "documentchange needs all pages, a page's nodechange only that page",
    certainty: "R",
    basis: "T:564, simulator.md 6.3",
  },
  {
    id: "removed-layer",
    says: "a removed layer tells only id, type and removed",
    certainty: "D",
    basis: "T:3663; the words are inferred",
  },
  {
    id: "not-modelled",
    says: "what is not modelled throws SimUnsupported and is on record",
    certainty: "I",
    basis: "our own rule",
  },
];
