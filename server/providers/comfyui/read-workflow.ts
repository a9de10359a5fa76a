import type { ReadWorkflow, WorkflowInput, WorkflowOutput, WorkflowRole } from "#domain/workflow";
import { makeWellFormed } from "#domain/well-formed";
import { ownValueOf, type ApiGraph, type ApiNode } from "./api-graph.ts";
import { hasClass, inputInfoOf, isOutputClass, type ObjectInfo } from "./object-info.ts";

/** Nodes that load a file by its name, and what a connected file is for them. */
const loaders: Readonly<Record<string, readonly [input: string, ...roles: WorkflowRole[]]>> = {
  LoadImage: ["image", "reference", "first", "last", "mask"],
  LoadImageMask: ["image", "mask", "reference"],
  LoadImageOutput: ["image", "reference", "first", "last", "mask"],
  LoadAudio: ["audio", "sound"],
};

/** Nodes that keep what they made, as far as they are not told by the server, and what that is. */
const keepers: Readonly<Record<string, WorkflowOutput["kind"]>> = {
  SaveImage: "image",
  PreviewImage: "image",
  SaveAnimatedWEBP: "image",
  SaveAnimatedPNG: "image",
  VHS_VideoCombine: "video",
  ADE_AnimateDiffCombine: "video",
  SaveVideo: "video",
  SaveWEBM: "video",
  SaveAudio: "audio",
  SaveAudioMP3: "audio",
  SaveAudioOpus: "audio",
  PreviewAudio: "audio",
};

const seedNames = new Set(["seed", "noise_seed"]);
const longestShown = 120;

/**
 * What can be chosen in a workflow: its inputs that hold a value, each with what it can be for, and its
 * nodes whose result can be taken. `info` says what the server has, null where it does not answer; what
 * is missing there is a problem in a sentence.
 */
export function readWorkflow(graph: ApiGraph, info: ObjectInfo | null): ReadWorkflow {
  const nodes = Object.entries(graph);
  const prompt = promptNodeOf(graph);
  return {
    inputs: nodes.flatMap(([id, node]) => inputsOf(id, node, info, id === prompt)),
    outputs: nodes.flatMap(([id, node]) => outputsOf(id, node, info)),
    problems: info ? problemsOf(graph, info) : [],
  };
}

/** What a node is called. */
export function titleOf(node: ApiNode): string {
  const title = node._meta?.title?.trim() ?? "";
  return shortened(title === "" ? node.class_type : title);
}

/** As much of a text as is shown; no character is cut in half, which no store would keep. */
function shortened(text: string): string {
  return makeWellFormed(text.slice(0, longestShown));
}

/** The text that a sampler is told to move towards, else the first long text. */
function promptNodeOf(graph: ApiGraph): string | null {
  const texts = new Set(
    Object.entries(graph).flatMap(([id, node]) =>
      typeof ownValueOf(node, "text") === "string" ? [id] : [],
    ),
  );
  for (const { inputs } of Object.values(graph)) {
    const [from] = Array.isArray(inputs["positive"]) ? inputs["positive"] : [];
    if (typeof from === "string" && texts.has(from)) return from;
  }
  const isNegative = (id: string) => /negative/i.test(graph[id]?._meta?.title ?? "");
  return [...texts].find((id) => !isNegative(id)) ?? null;
}

function inputsOf(
  id: string,
  node: ApiNode,
  info: ObjectInfo | null,
  isPrompt: boolean,
): WorkflowInput[] {
  return Object.keys(node.inputs).flatMap((input): WorkflowInput[] => {
    const value = ownValueOf(node, input);
    if (value === null) return [];
    const label = shortened(`${titleOf(node)}: ${input}`);
    const roles = rolesOf(node, input, value, { info, isPrompt });
    return [{ node: id, input, label, value: shortened(String(value)), roles }];
  });
}

function rolesOf(
  node: ApiNode,
  input: string,
  value: string | number | boolean,
  { info, isPrompt }: { readonly info: ObjectInfo | null; readonly isPrompt: boolean },
): WorkflowRole[] {
  const [loaded, ...roles] = loaders[node.class_type] ?? [];
  if (loaded === input) return [...roles, "fixed"];
  if (typeof value === "number" && seedNames.has(input)) return ["seed", "fixed", "setting"];
  if (typeof value !== "string") return ["fixed", "setting"];
  const told = info ? inputInfoOf(info, node.class_type, input) : null;
  if (told?.kind === "choice") return told.isUpload ? ["reference", "fixed"] : ["fixed", "setting"];
  return isPrompt && input === "text"
    ? ["prompt", "fixed", "setting"]
    : ["fixed", "setting", "prompt"];
}

function outputsOf(id: string, node: ApiNode, info: ObjectInfo | null): WorkflowOutput[] {
  const known = keepers[node.class_type];
  const isOne = known ?? (info && isOutputClass(info, node.class_type) ? "image" : null);
  return isOne === null ? [] : [{ node: id, label: titleOf(node), kind: isOne }];
}

/** Classes and files that the server does not have. */
function problemsOf(graph: ApiGraph, info: ObjectInfo): string[] {
  const problems = new Set<string>();
  for (const node of Object.values(graph)) {
    const { class_type: type } = node;
    if (!hasClass(info, type)) {
      problems.add(`ComfyUI has no node "${type}". Install what brings it, then read this again.`);
      continue;
    }
    if (loaders[type]) continue;
    for (const input of Object.keys(node.inputs)) {
      const value = ownValueOf(node, input);
      const told = inputInfoOf(info, type, input);
      if (typeof value !== "string" || told?.kind !== "choice" || told.isUpload) continue;
      if (told.values.includes(value)) continue;
      problems.add(`ComfyUI has no "${value}" for "${titleOf(node)}: ${input}".`);
    }
  }
  return [...problems].slice(0, 20);
}
