import type { NodeType, nodeDefinitions } from "#domain/nodes/index";
import { runAssistant } from "./run-assistant.ts";
import { runAudioGenerator } from "./run-audio-generator.ts";
import { runCameraAngles } from "./run-camera-angles.ts";
import { runImageGenerator } from "./run-image-generator.ts";
import { runImageUpscaler } from "./run-image-upscaler.ts";
import { runVideoGenerator } from "./run-video-generator.ts";
import type { Runner } from "./runner.ts";

/** The types of node that run: those whose definition names a task. */
export type RunnableType = {
  [Type in NodeType]: (typeof nodeDefinitions)[Type]["task"] extends null ? never : Type;
}[NodeType];

/** A runner for every type of node that runs; the compiler asks for the missing one. */
export const runners: Readonly<Record<RunnableType, Runner>> = {
  assistant: runAssistant,
  "image-generator": runImageGenerator,
  "video-generator": runVideoGenerator,
  "audio-generator": runAudioGenerator,
  "image-upscaler": runImageUpscaler,
  "camera-angles": runCameraAngles,
};

/** The runner of a type of node, null for a source. */
export function runnerOf(type: NodeType): Runner | null {
  return Object.hasOwn(runners, type) ? runners[type as RunnableType] : null;
}
