import type { NodeType } from "#domain/nodes/index";
import { Icon } from "../controls/icon.tsx";
import { TypeGlyph } from "../controls/type-glyph.tsx";

interface ChoiceProps {
  /** The type of node that it makes; a template makes several. */
  readonly type?: NodeType;
  readonly title: string;
  readonly description: string;
  readonly isDisabled: boolean;
  readonly choose: () => void;
}

/** One thing to add, as a row that is pressed. */
export function Choice({ type, title, description, isDisabled, choose }: ChoiceProps) {
  return (
    <button type="button" class="choice" disabled={isDisabled} onClick={choose}>
      {type === undefined ? (
        <span class="glyph" data-gives="any">
          <Icon name="add" />
        </span>
      ) : (
        <TypeGlyph type={type} />
      )}
      <span class="words">
        <span class="cut" dir="auto">
          {title}
        </span>
        <span class="quiet two-lines" dir="auto">
          {description}
        </span>
      </span>
    </button>
  );
}
