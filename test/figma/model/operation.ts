import type { Layer } from "./layer.ts";

/** Who changes something: a person, and the plugin window that does it for them, if one does. */
export interface Author {
  readonly personId: string;
  readonly windowId: string | null;
  /** Set while a `documentchange` handler of that window runs: it does not hear of its own doing. */
  readonly isInsideDocumentChange?: boolean;
}

/** Where a layer hangs. */
interface Place {
  readonly parent: Layer;
  readonly index: number;
}

/** The smallest change of a document; knows what was before, so that it can be taken back. */
export type Operation =
  | {
      readonly kind: "value";
      readonly layer: Layer;
      readonly member: string;
      readonly before: unknown;
      readonly after: unknown;
    }
  | {
      readonly kind: "data";
      readonly layer: Layer;
      readonly key: string;
      readonly before: string;
      readonly after: string;
    }
  | {
      readonly kind: "place";
      readonly layer: Layer;
      readonly before: Place | null;
      readonly after: Place | null;
    };

/** The operation that takes this one back. */
export function invertOperation(operation: Operation): Operation {
  return { ...operation, before: operation.after, after: operation.before } as Operation;
}
