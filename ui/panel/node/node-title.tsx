import type { NodeView } from "../../node-view.ts";
import { usePanel } from "../panel-context.ts";
import { StatusPill } from "./status-pill.tsx";
import { TypeGlyph } from "../controls/type-glyph.tsx";
import { useDraft } from "../controls/use-draft.ts";

/** The name of a node, which can be typed over, its type and how it stands. */
export function NodeTitle({ node }: { readonly node: NodeView }) {
  const { actions, isReadOnly } = usePanel();
  const draft = useDraft(node.title, (title) => {
    const name = title.trim();
    if (name === node.title) draft.revert();
    else if (name !== "") actions.rename(node.id, name);
  });
  return (
    <div class="node-title">
      <TypeGlyph type={node.type} />
      <div class="words">
        <input
          class="title-input"
          aria-label="Title"
          dir="auto"
          maxLength={200}
          value={draft.text}
          readOnly={isReadOnly}
          onInput={(event) => draft.type(event.currentTarget.value)}
          onBlur={() => {
            if (draft.text.trim() === "") draft.revert();
            else draft.keep();
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") draft.revert();
            else if (event.key === "Enter" && !event.isComposing) event.currentTarget.blur();
          }}
        />
        <span class="quiet cut">{node.typeTitle}</span>
      </div>
      <StatusPill status={node.status} />
    </div>
  );
}
