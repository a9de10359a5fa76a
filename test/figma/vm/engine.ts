import type { Packed } from "./codec.ts";

/** What the plugin's world asks its host; see PreludeHost. */
export interface EngineHost {
  readonly read: (thing: number, member: number) => EngineAnswer;
  /** The arguments as the prelude's codec wrote them. */
  readonly call: (
    thing: number,
    member: number,
    args: string,
    buffers: readonly Uint8Array[],
  ) => EngineAnswer;
  readonly ask: (text: string, buffers: readonly Uint8Array[]) => EngineAnswer;
}

/** An answer to the plugin's world: a simple value, or what it takes for others. */
export type EngineAnswer =
  undefined | null | boolean | number | string | ThingAnswer | LayersAnswer | Packed | FailedAnswer;

/** A thing of Figma's: its number, its interface's, and its id if it is a layer. */
export interface ThingAnswer {
  readonly thing: readonly [number, number] | readonly [number, number, string];
}

/** Layers: the number, the interface's number and the id of each in turn. */
export interface LayersAnswer {
  readonly layers: readonly (number | string)[];
}

/** An error to be thrown in the plugin's world. */
export interface FailedAnswer {
  readonly error: { readonly name: string; readonly message: string };
}

/** An error that came out of the plugin's code. */
export interface PluginError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** Time the plugin held the thread at one go; `hostMs` of it was spent in the stand-in. */
export interface Slice {
  readonly reason: string;
  readonly totalMs: number;
  readonly hostMs: number;
}

/** A place a plugin's main code runs in. */
export interface Engine {
  readonly slices: readonly Slice[];
  /** Runs the main code once; an error thrown at top level, or null. */
  readonly evaluate: (code: string, fileName: string) => PluginError | null;
  /** Enters by the prelude's door: a callback or a settled promise; what it gave back, packed. */
  readonly enter: (reason: string, text: string, buffers: readonly Uint8Array[]) => string;
  /** Milliseconds the present slice has lasted; 0 outside. */
  readonly elapsedMs: () => number;
  readonly dispose: () => void;
}
