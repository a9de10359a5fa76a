import { Button } from "../controls/button.tsx";
import { useId } from "preact/hooks";
import type { RunButtonView } from "../../node-view.ts";
import { Facts } from "../controls/facts.tsx";
import { Icon } from "../controls/icon.tsx";
import { MenuButton } from "../controls/menu-button.tsx";
import { usePanel } from "../panel-context.ts";

interface RunBarProps {
  readonly run: RunButtonView;
  /** Sentences of what stands against a run. */
  readonly problems: readonly string[];
  /** Whether there is a result that could be made once more, though nothing changed. */
  readonly canRunAgain: boolean;
}

/** The run button with its price and the menu of its other modes, pinned to the bottom. */
export function RunBar({ run, problems, canRunAgain }: RunBarProps) {
  const { actions, isReadOnly } = usePanel();
  const id = useId();
  const [first] = run.modes;
  const isGrey = isReadOnly || run.problem !== null || run.isBusy || first === undefined;
  const sentences = [...new Set(run.problem === null ? problems : [run.problem, ...problems])];
  const again = first !== undefined && {
    key: "again",
    label: "Run again",
    description: "Makes new results, though nothing changed.",
    problem: first.problem,
    choose: () => actions.run(first.target, true),
  };
  const items = [
    ...run.modes.map((mode) => ({
      key: mode.target.mode,
      label: mode.label,
      problem: mode.problem,
      choose: () => actions.run(mode.target, false),
    })),
    ...(again !== false && canRunAgain ? [again] : []),
  ];
  return (
    <div class="bottom">
      <div id={id} class="sentences" role="status">
        {sentences.map((sentence) => (
          <p key={sentence} dir="auto">
            {sentence}
          </p>
        ))}
      </div>
      <div class="split">
        <Button
          fullWidth
          disabled={isGrey && !run.isBusy}
          loading={run.isBusy}
          aria-label={run.isBusy ? `${run.label}: asking the price` : undefined}
          aria-describedby={id}
          onClick={() => first !== undefined && actions.run(first.target, false)}
        >
          <Facts facts={[run.label, run.priceText ?? ""]} />
        </Button>
        {items.length > 1 && (
          <MenuButton
            class="split-more"
            label="Other ways to run"
            items={items}
            isDisabled={isReadOnly || run.isBusy}
          >
            <Icon name="down" />
          </MenuButton>
        )}
      </div>
    </div>
  );
}
