import type * as z from "zod/mini";
import { graphSchema } from "#domain/graph";
import { pluginAnswers, pluginNews } from "#domain/messages";
import { priceSchema } from "#domain/price";
import { routes } from "#domain/relay";
import { numberedEventSchema } from "#domain/run-event";

const answers = Object.entries(routes).flatMap(([name, { answer }]) =>
  typeof answer === "string" ? [] : [[`answer of ${name}`, answer] as const],
);

/** What the panel parses of the canvas and of the relay. */
export const panelSchemas: Readonly<Record<string, z.ZodMiniType>> = {
  ...pluginAnswers,
  ...pluginNews,
  ...Object.fromEntries(answers),
  graph: graphSchema,
  price: priceSchema,
  event: numberedEventSchema,
};
