import type { AnswerOf } from "#domain/channel";
import { definitionOf, nodeTypes, nodeTypeSchema } from "#domain/nodes/index";
import { makeWellFormed } from "#domain/well-formed";
import * as z from "zod/mini";

/** What a menu, a relaunch button or a quick action asked for. */
export type StartCommand = NonNullable<AnswerOf<"hello">["command"]>;

/** The command as the panel is told it. Quick actions hand in what was typed, which may be anything. */
export function readCommand(
  name: StartCommand["name"],
  parameters: ParameterValues | undefined,
): StartCommand {
  const prompt: unknown = parameters?.["prompt"];
  return {
    name,
    type: z.safeParse(nodeTypeSchema, parameters?.["type"]).data ?? null,
    prompt: typeof prompt === "string" ? makeWellFormed(prompt).slice(0, 8_000) : null,
  };
}

/** Offers the types of node whose title has what was typed into a quick action. */
export function suggestNodeTypes({ key, query, result }: ParameterInputEvent): void {
  if (key !== "type") return;
  const titles = nodeTypes.map((type) => ({ name: definitionOf(type).title, data: type }));
  const typed = query.trim().toLowerCase();
  result.setSuggestions(titles.filter(({ name }) => name.toLowerCase().includes(typed)));
}
