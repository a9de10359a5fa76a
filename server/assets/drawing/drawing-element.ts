/** An element of a drawing, without its namespace; `href` stands for both forms of it. */
export interface DrawingElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (DrawingElement | string)[];
}
