import { assetsAt, numberSetting, textSetting, textsAt, type Runner } from "./runner.ts";

/** Asks a text model to write: one text, or a list of them. */
export const runAssistant: Runner = (input) => ({
  task: "text",
  settings: input.settings,
  instruction: textSetting(input, "instruction"),
  texts: textsAt(input, "text"),
  references: assetsAt(input, "reference"),
  listItems: textSetting(input, "output") === "list" ? numberSetting(input, "count") : null,
});
