import { useRef, useState } from "preact/hooks";
import type { NodeAction, NodeView } from "../../node-view.ts";
import { chooseMedia } from "./choose-file.ts";
import { Icon, type IconName } from "../controls/icon.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { MenuButton } from "../controls/menu-button.tsx";
import { usePanel } from "../panel-context.ts";
import { focusChild, rove } from "../controls/rove.ts";

const looks: Readonly<Record<NodeAction, { icon: IconName; label: string; isEdit: boolean }>> = {
  "add-next": { icon: "add", label: "Add next node", isEdit: true },
  duplicate: { icon: "duplicate", label: "Duplicate", isEdit: true },
  show: { icon: "show", label: "Show on the canvas", isEdit: false },
  download: { icon: "download", label: "Download", isEdit: false },
  replace: { icon: "replace", label: "Replace the file", isEdit: true },
  reset: { icon: "reset", label: "Reset: clear the result", isEdit: true },
  lock: { icon: "lock", label: "Lock the result, so that it is never made anew", isEdit: true },
  unlock: { icon: "unlock", label: "Unlock the result", isEdit: true },
  delete: { icon: "delete", label: "Delete", isEdit: true },
};

const order = Object.keys(looks) as NodeAction[];

/** What can be done to a node besides running it: one tab stop, arrows move along. */
export function ActionBar({ node }: { readonly node: NodeView }) {
  const row = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const shown = order.filter((action) => node.actions.includes(action));
  if (shown.length === 0) return null;
  const current = Math.min(stop, shown.length - 1);
  const move = (event: KeyboardEvent): void => {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") return;
    const next = rove(event.key, current, shown.length);
    if (next === null) return;
    event.preventDefault();
    setStop(next);
    focusChild(row.current, next);
  };
  return (
    <div ref={row} class="action-bar" role="toolbar" aria-label="Actions" onKeyDown={move}>
      {shown.map((action, index) => (
        <Action key={action} node={node} action={action} tabIndex={index === current ? 0 : -1} />
      ))}
    </div>
  );
}

interface ActionProps {
  readonly node: NodeView;
  readonly action: NodeAction;
  readonly tabIndex: number;
}

function Action({ node, action, tabIndex }: ActionProps) {
  const { actions, isReadOnly } = usePanel();
  const { icon, label, isEdit } = looks[action];
  const isDisabled = isReadOnly && isEdit;
  if (action === "add-next") {
    const items = node.nextTypes.map(({ type, title }) => ({
      key: type,
      label: title,
      icon: type,
      choose: () => actions.addNode(type, node.id),
    }));
    return (
      <MenuButton
        class="icon-button"
        label={label}
        items={items}
        tabIndex={tabIndex}
        isDisabled={isDisabled || items.length === 0}
      >
        <Icon name={icon} />
      </MenuButton>
    );
  }
  return (
    <IconButton
      icon={icon}
      label={label}
      tabIndex={tabIndex}
      disabled={isDisabled}
      onClick={() => {
        const asset = node.fields.find(({ param }) => param.control === "asset");
        if (action === "replace" && asset?.param.control === "asset") {
          chooseMedia(asset.param.accepts, (file) => actions.setFile(node.id, asset.name, file));
        } else actions.act(node.id, action);
      }}
    />
  );
}
