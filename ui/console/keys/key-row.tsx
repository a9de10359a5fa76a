import { useState } from "preact/hooks";
import { Button } from "../../panel/controls/button.tsx";
import { useConsole } from "../console-context.ts";
import { Confirm } from "../parts/confirm.tsx";
import { useFocusAfter } from "../parts/use-focus-after.ts";
import { formatDay } from "../words.ts";
import { useAction } from "../use-asked.ts";
import { KeyForm } from "./key-form.tsx";
import type { ShownKey } from "./ask-keys.ts";

interface KeyRowProps {
  readonly shown: ShownKey;
  /** How many models the key opens: none where it is a stock library's; null while it is not known. */
  readonly models: number | null;
  /** Called when the relay holds something else than before. */
  readonly changed: () => void;
}

/** A provider, its key as far as it is ever told, and what can be done about it. */
export function KeyRow({ shown, models, changed }: KeyRowProps) {
  const { relay } = useConsole();
  const [isOpen, setOpen] = useState(false);
  const [leaving, setLeaving] = useState<"no" | "asked" | "done">("no");
  const [said, setSaid] = useState<Trial | null>(null);
  const trial = useAction();
  const row = useFocusAfter<HTMLLIElement>(
    isOpen || leaving === "done",
    ".buttons button:last-child",
  );
  const path = { provider: shown.provider };
  const tryKey = (): void => {
    setSaid(null);
    void trial.perform(async () => setSaid(await relay.command("keyTry", { path, body: {} })));
  };
  const keep = async (key: string): Promise<void> => {
    await relay.command("keySet", { path, body: { key } });
    setSaid(null);
    changed();
  };
  const remove = async (): Promise<void> => {
    await relay.command("keyRemove", { path, body: {} });
    setLeaving("done");
    setSaid(null);
    changed();
  };
  return (
    <li class="key-row" ref={row}>
      <div class="key-line">
        <span class="key-mark" data-has={shown.from !== null} />
        <div class="words">
          <h2>{shown.title}</h2>
          <p class="quiet">{standingOf(shown)}</p>
        </div>
        <span class="key-models quiet">{countModels(models)}</span>
        <KeyButtons
          shown={shown}
          isOpen={isOpen}
          isTrying={trial.isBusy}
          open={() => setOpen(true)}
          tryKey={tryKey}
          leave={() => setLeaving("asked")}
        />
      </div>
      <div role="status" class="key-said" data-outcome={said?.outcome}>
        {said?.sentence ?? trial.problem}
      </div>
      {isOpen && <KeyForm title={shown.title} keep={keep} close={() => setOpen(false)} />}
      {leaving !== "no" && (
        <Confirm
          question={`Remove the key of ${shown.title}?`}
          consequence={consequenceOf(shown, models)}
          verb="Remove key"
          perform={remove}
          close={() => setLeaving("no")}
        />
      )}
    </li>
  );
}

/** What a provider said to a key. */
interface Trial {
  readonly outcome: "good" | "refused" | "unclear";
  readonly sentence: string;
}

interface KeyButtonsProps {
  readonly shown: ShownKey;
  readonly isOpen: boolean;
  readonly isTrying: boolean;
  readonly open: () => void;
  readonly tryKey: () => void;
  readonly leave: () => void;
}

function KeyButtons({ shown, isOpen, isTrying, open, tryKey, leave }: KeyButtonsProps) {
  const { title, from } = shown;
  return (
    <div class="buttons">
      {from !== null && (
        <Button
          secondary
          loading={isTrying}
          aria-label={`Try the key of ${title}`}
          onClick={tryKey}
        >
          Try
        </Button>
      )}
      {from === "set" && (
        <Button secondary aria-label={`Remove the key of ${title}`} onClick={leave}>
          Remove
        </Button>
      )}
      {from !== "environment" && (
        <Button
          secondary
          disabled={isOpen}
          aria-label={`${from === null ? "Set a" : "Replace the"} key of ${title}`}
          onClick={open}
        >
          {from === null ? "Set key" : "Replace"}
        </Button>
      )}
    </div>
  );
}

function standingOf({ from, lastFour, setAtMs, variable }: ShownKey) {
  if (from === null) {
    return (
      <>
        No key. Set one here, or start the relay with <code>{variable}</code>.
      </>
    );
  }
  if (from === "set") return `Ends in ${lastFour ?? ""}, set ${formatDay(setAtMs ?? 0)}`;
  return (
    <>
      Ends in {lastFour}, from the relay’s environment (<code>{variable}</code>). Change it there
      and start the relay again.
    </>
  );
}

function consequenceOf({ title }: ShownKey, models: number | null): string {
  const lost = models === 0 ? "Its pictures cannot be searched" : "Its models cannot run";
  return `${lost} until a key is set again. The key stays good at ${title} itself.`;
}

function countModels(models: number | null): string {
  if (models === null || models === 0) return "";
  return models === 1 ? "1 model" : `${models} models`;
}
