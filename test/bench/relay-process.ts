import process from "node:process";
import { setFlagsFromString } from "node:v8";
import * as z from "zod";
import { answerMemory } from "./answer-memory.ts";
import { paidProvider } from "./paid-provider.ts";

// A real relay in a process of its own, with a paid provider that answers at once or never.

const { FOLDER, PORT, ANSWERS } = z
  .object({
    FOLDER: z.string(),
    PORT: z.coerce.number(),
    ANSWERS: z.enum(["at-once", "never"]),
  })
  .parse(process.env);

// As server/main.ts has it.
setFlagsFromString("--semi-space-growth-factor=1");
const { startRelay } = await import("../../server/relay.ts");
const relay = await startRelay({
  folder: FOLDER,
  port: PORT,
  version: "0.0.0",
  pid: process.pid,
  failpoints: "",
  kill: () => undefined,
  writeLog: (line) => process.stderr.write(line),
  providers: [paidProvider(ANSWERS)],
});
answerMemory();
process.send?.({ port: relay.port });
