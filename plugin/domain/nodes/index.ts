import * as z from "zod/mini";
import type { NodeDefinition } from "../define-node.ts";
import type { Model } from "../model.ts";
import type { Params } from "../param.ts";
import { assistant } from "./assistant.ts";
import { audioGenerator } from "./audio-generator.ts";
import { cameraAngles } from "./camera-angles.ts";
import { imageGenerator } from "./image-generator.ts";
import { imageUpscaler } from "./image-upscaler.ts";
import { list } from "./list.ts";
import { media } from "./media.ts";
import { text } from "./text.ts";
import { upload } from "./upload.ts";
import { videoGenerator } from "./video-generator.ts";

/** Every type of node there is. */
export const nodeDefinitions = {
  upload,
  media,
  text,
  assistant,
  "image-generator": imageGenerator,
  "video-generator": videoGenerator,
  "audio-generator": audioGenerator,
  "image-upscaler": imageUpscaler,
  "camera-angles": cameraAngles,
  list,
} as const satisfies Record<string, NodeDefinition>;

/** The name of a type of node. */
export type NodeType = keyof typeof nodeDefinitions;

/** Every name of a type of node, in the order in which they are offered. */
export const nodeTypes = Object.keys(nodeDefinitions) as [NodeType, ...NodeType[]];

/** Schema of {@link NodeType}. */
export const nodeTypeSchema = z.enum(nodeTypes);

/** The declaration of a type of node. */
export function definitionOf(type: NodeType): NodeDefinition {
  return nodeDefinitions[type];
}

/** The params of a node: its type's, and its model's, whose word holds where both name one. */
export function paramsOf(type: NodeType, model: Pick<Model, "params"> | null): Params {
  return { ...definitionOf(type).params, ...model?.params };
}
