import { describeRelay } from "../openapi.ts";
import type { Command } from "./command.ts";

/** `spaces openapi` */
export const openapiCommand: Command = {
  usage: [],
  does: ["The relay's routes as an OpenAPI document."],
  run: (_words, { process, terminal }) => {
    terminal.print(JSON.stringify(describeRelay(process.version), null, 2));
    return Promise.resolve(0);
  },
};
