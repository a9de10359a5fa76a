import { cuts, drips, swallows, type ServiceTrouble } from "./faulty-service.ts";

/** Requests that arrive and whose answer does not come whole, by the fault that it is. */
export const lostAnswers: Readonly<Record<string, ServiceTrouble>> = {
  "F13: none at all": swallows,
  "F14: one that drips": drips,
  "F15: one cut off at its first byte": cuts("length", () => 0),
  "F15: one cut off after a byte": cuts("chunks", () => 1),
  "F15: one cut off in the middle": cuts("length", (whole) => Math.floor(whole / 2)),
  "F15: one cut off before its last byte": cuts("chunks", (whole) => whole - 1),
  "F16: one that ends too early as if it were whole": cuts("close", (whole) => whole - 2),
};
