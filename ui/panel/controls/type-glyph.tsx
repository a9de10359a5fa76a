import { definitionOf, type NodeType } from "#domain/nodes/index";
import { Icon } from "./icon.tsx";

/** The round glyph of a type of node, in the colour of what it gives; grey where its content decides. */
export function TypeGlyph({ type }: { readonly type: NodeType }) {
  const { types } = definitionOf(type).output;
  const gives = types.length === 1 ? types[0] : "any";
  return (
    <span class="glyph" data-gives={gives} data-type={type}>
      <Icon name={type} />
    </span>
  );
}
