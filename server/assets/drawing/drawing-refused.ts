import type { InspectionRefusal } from "../inspection.ts";

/** A drawing that cannot be made safe, or that is none. The message is a whole sentence for a designer. */
export class DrawingRefused extends Error {
  override readonly name = "DrawingRefused";
  readonly code: InspectionRefusal["code"];

  constructor(code: InspectionRefusal["code"], message: string) {
    super(message);
    this.code = code;
  }
}
