import { useId } from "preact/hooks";
import type { ModelChoice } from "../../node-view.ts";
import { Icon } from "../controls/icon.tsx";
import { MenuButton } from "../controls/menu-button.tsx";
import { usePanel } from "../panel-context.ts";

interface ModelPickerProps {
  readonly node: string;
  readonly models: readonly ModelChoice[];
}

/** The models of a node with their prices; those that cannot be used here are grey and say why. */
export function ModelPicker({ node, models }: ModelPickerProps) {
  const { actions, isReadOnly } = usePanel();
  const id = useId();
  const chosen = models.find(({ isChosen }) => isChosen);
  const unfit = chosen?.unfit ?? null;
  const items = models.map((model) => ({
    key: model.id,
    label: model.title,
    description: `${model.provider} · ${model.description}`,
    aside: model.priceText,
    problem: model.unfit,
    isChosen: model.isChosen,
    choose: () => actions.setModel(node, model.id),
  }));
  return (
    <div class="field">
      <span class="label" aria-hidden="true">
        Model
      </span>
      <MenuButton
        class="picker"
        label={`Model: ${chosen?.title ?? "none chosen"}`}
        items={items}
        isDisabled={isReadOnly}
        describedBy={unfit === null ? undefined : `${id}-problem`}
      >
        <span class="cut grow" dir="auto">
          {chosen?.title ?? "Choose a model"}
        </span>
        {chosen !== undefined && <span class="quiet">{chosen.priceText}</span>}
        <Icon name="down" />
      </MenuButton>
      {unfit !== null && (
        <p class="problem" id={`${id}-problem`} dir="auto">
          {unfit}
        </p>
      )}
    </div>
  );
}
