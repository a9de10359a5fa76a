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
  /** What says something in an instance, which is told as one thing; nothing for the rest. */
  readonly inside: readonly TypedLayer[];
};

/** A layer with its type. */
export function typedLayer(node: SceneNode): TypedLayer {
  return { type: node.type, node } as TypedLayer;
}

/** A layer with the rest of what was found out about it. */
export function foundLayer(
  { type, node }: TypedLayer,
  { id, parent, isArtwork, inside }: Omit<FoundLayer, "type" | "node">,
): FoundLayer {
  return { id, parent, isArtwork, inside, type, node } as FoundLayer;
}
