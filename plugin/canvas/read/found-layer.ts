/** A layer with its type, which is asked for once: each look at Figma's own object costs a crossing. */
export type TypedLayer = {
  [Type in SceneNode["type"]]: {
    readonly type: Type;
    readonly node: Extract<SceneNode, { type: Type }>;
  };
}[SceneNode["type"]];

/** Where a layer was found, so that it need not be asked for it. */
export type FoundLayer = TypedLayer & {
  readonly id: string;
  /** The layer that it hangs from as far as the board is concerned. */
  readonly parent: string;
  /** Whether it lies inside a component, an instance or a shape made of shapes: no line is a wire there. */
  readonly isArtwork: boolean;
};

/** A layer with the rest of what was found out about it. */
export function foundLayer(
  node: SceneNode,
  { id, parent, isArtwork }: Omit<FoundLayer, "type" | "node">,
): FoundLayer {
  return { id, parent, isArtwork, type: node.type, node } as FoundLayer;
}
