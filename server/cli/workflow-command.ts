import { readFile } from "node:fs/promises";
import * as z from "zod";
import type { ReadWorkflow } from "#domain/workflow";
import type { BoundInput } from "#domain/workflow-use";
import { parseJson } from "#domain/parse-json";
import type { RelayClient } from "#domain/relay-client";
import { UsageError } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withRelay } from "./open-relay.ts";
import type { Terminal } from "./terminal.ts";

/** `spaces workflow` */
export const workflowCommand: Command = {
  usage: ["[list]", "add FILE.json TITLE | remove ID"],
  does: [
    "ComfyUI workflows of your own as models: a file of ComfyUI's Export (API), with its prompt, seed and",
    "pictures filled from the node. The panel chooses more of its inputs.",
  ],
  run: (words, { env, process, terminal }) =>
    withRelay(env, process, ({ client }) => manage(words, client, terminal)),
};

async function manage(
  words: readonly string[],
  client: RelayClient,
  terminal: Terminal,
): Promise<number> {
  const [what = "list", ...rest] = words;
  if (what === "list" && rest.length === 0) return list(client, terminal);
  const [first, second, ...more] = rest;
  if (what === "remove" && first !== undefined && second === undefined) {
    await client.call("workflowRemove", { path: { workflow: first }, body: {} });
    terminal.print("Removed. Nodes that use it say so until they have another model.");
    return 0;
  }
  if (what === "add" && first !== undefined && second !== undefined && more.length === 0) {
    return add(client, terminal, first, second);
  }
  throw new UsageError(
    "After workflow comes list, add and a file and a title, or remove and an id.",
  );
}

async function list(client: RelayClient, { print }: Terminal): Promise<number> {
  const { workflows, unavailable } = await client.call("workflows", { body: undefined });
  for (const { id, title } of workflows) print(`${id}  ${title}`);
  if (workflows.length === 0) print("There is none yet: spaces workflow add FILE.json TITLE");
  if (unavailable !== null) print(unavailable);
  return 0;
}

async function add(
  client: RelayClient,
  { print }: Terminal,
  file: string,
  title: string,
): Promise<number> {
  const { data: workflow } = z.json().safeParse(parseJson(await readFile(file, "utf8")));
  if (workflow === undefined || workflow === null) throw new UsageError(`${file} is not JSON.`);
  const read = await client.call("workflowRead", { body: { workflow } });
  const [output] = read.outputs;
  if (!output) throw new UsageError("The workflow has no node that keeps a result.");
  const saved = await client.call("workflowSave", {
    body: {
      id: null,
      workflow,
      title,
      inputs: proposed(read),
      output: output.node,
    },
  });
  print(`Added as comfyui:${saved.id}. It gives what "${output.label}" makes.`);
  for (const problem of read.problems) print(problem);
  return 0;
}

/** What is proposed first for each input; what stays as it is need not be kept. */
function proposed({ inputs }: ReadWorkflow): BoundInput[] {
  return inputs.flatMap(({ node, input, label, roles }) => {
    const [role = "fixed"] = roles;
    return role === "fixed" ? [] : [{ node, input, label, role }];
  });
}
