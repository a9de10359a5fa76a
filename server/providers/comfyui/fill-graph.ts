import type { ModelRequest } from "../provider.ts";
import type { AssetInput } from "../provider.ts";
import type { ApiGraph } from "./api-graph.ts";
import { settingNameOf, type KeptWorkflow } from "./workflow-model.ts";

/** A file that has to be on the server before the workflow is asked for. */
export interface FileToSend {
  readonly node: string;
  readonly input: string;
  readonly file: AssetInput;
}

/** A workflow with everything filled in but files, and those. */
export interface FilledGraph {
  readonly graph: ApiGraph;
  readonly files: readonly FileToSend[];
  readonly notes: readonly string[];
}

/**
 * Fills a workflow for a request. Where nothing is connected, the workflow's own file or text stays, and
 * a note says so.
 */
export function fillGraph(
  { graph, inputs }: Pick<KeptWorkflow, "graph" | "inputs">,
  request: ModelRequest,
  seed: number,
): FilledGraph {
  const filled = structuredClone(graph);
  const files: FileToSend[] = [];
  const notes: string[] = [];
  const given = givenFiles(request);
  for (const bound of inputs) {
    const node = filled[bound.node];
    if (!node) continue;
    switch (bound.role) {
      case "fixed":
        break;
      case "prompt": {
        const prompt = "prompt" in request ? request.prompt : "";
        if (prompt === "") notes.push(`"${bound.label}" kept the workflow's own text.`);
        else node.inputs[bound.input] = prompt;
        break;
      }
      case "seed":
        node.inputs[bound.input] = seed;
        break;
      case "setting": {
        const value = request.settings[settingNameOf(bound)];
        const isPlain =
          typeof value === "string" || typeof value === "number" || typeof value === "boolean";
        if (isPlain) node.inputs[bound.input] = value;
        break;
      }
      case "reference":
      case "mask":
      case "first":
      case "last":
      case "sound": {
        const file = given[bound.role].shift();
        if (file) files.push({ node: bound.node, input: bound.input, file });
        else notes.push(`"${bound.label}" kept the workflow's own file.`);
      }
    }
  }
  return { graph: filled, files, notes };
}

type FileRole = "reference" | "mask" | "first" | "last" | "sound";

function givenFiles(request: ModelRequest): Record<FileRole, AssetInput[]> {
  const one = (input: AssetInput | null) => (input ? [input] : []);
  const none = { reference: [], mask: [], first: [], last: [], sound: [] };
  switch (request.task) {
    case "image":
      return { ...none, reference: [...request.references], mask: one(request.mask) };
    case "video":
      return {
        ...none,
        reference: [...request.references],
        first: one(request.first),
        last: one(request.last),
        sound: one(request.audio),
      };
    case "text":
    case "audio":
    case "upscale":
    case "camera":
      return none;
  }
}
