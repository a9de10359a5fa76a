/** What the plugin's world asks its host: text, with bytes beside it; the answer in the same form. */
export interface EngineHost {
  readonly ask: (text: string, buffers: readonly Uint8Array[]) => EngineAnswer;
}

/** An answer to the plugin's world; null is "nothing", as for a log line. */
export type EngineAnswer = {
  readonly text: string;
  readonly buffers: readonly Uint8Array[];
} | null;

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
