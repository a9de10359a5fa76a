import { useRef, useState } from "preact/hooks";
import type { NodeView } from "../../node-view.ts";
import { Icon } from "../controls/icon.tsx";
import { MenuButton } from "../controls/menu-button.tsx";
import { usePanel } from "../panel-context.ts";
import { ReferenceDetails } from "./reference-details.tsx";
import { ReferenceStrip } from "./reference-strip.tsx";
import { Section } from "../controls/section.tsx";

/** What feeds a node: the strip of it, the chosen one's details, and connecting another node. */
export function References({ node }: { readonly node: NodeView }) {
  const [chosen, choose] = useState<string | null>(null);
  const { actions } = usePanel();
  const isChanging = useRef(false);
  const { references } = node;
  if (references.length === 0 && node.connectable.length === 0) return null;
  const reference = references.find(({ connection }) => connection === chosen);
  return (
    <Section title="References" aside={<AddReference node={node} />}>
      {references.length === 0 ? (
        <p class="quiet">
          Nothing feeds this node yet. Draw a connector to it, or add a node with the plus.
        </p>
      ) : (
        <ReferenceStrip
          node={node.id}
          references={references}
          chosen={chosen}
          choose={choose}
          isChanging={isChanging}
        />
      )}
      {reference !== undefined && (
        <ReferenceDetails
          node={node.id}
          reference={reference}
          count={references.length}
          disconnect={() => {
            isChanging.current = true;
            actions.disconnect(node.id, reference.connection);
          }}
        />
      )}
    </Section>
  );
}

function AddReference({ node }: { readonly node: NodeView }) {
  const { actions, isReadOnly } = usePanel();
  if (node.connectable.length === 0) return null;
  const items = node.connectable.map((other) => ({
    key: other.node,
    label: other.title,
    choose: () => actions.connect(other.node, node.id),
  }));
  return (
    <MenuButton class="icon-button" label="Connect a node" items={items} isDisabled={isReadOnly}>
      <Icon name="add" />
    </MenuButton>
  );
}
