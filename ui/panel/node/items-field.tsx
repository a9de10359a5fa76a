import { Button } from "../controls/button.tsx";
import { listEntrySchema } from "#domain/param";
import * as z from "zod/mini";
import type { FieldView } from "../../node-view.ts";
import { describeAsset } from "./describe-asset.ts";
import { Field } from "../controls/field.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { usePanel } from "../panel-context.ts";
import { useDraft } from "../controls/use-draft.ts";

type Entry = z.infer<typeof listEntrySchema>;

interface ItemsFieldProps {
  readonly field: FieldView;
  readonly maxItems: number;
  readonly set: (entries: readonly Entry[]) => void;
}

const entriesSchema = z.array(listEntrySchema);

/** The entries of a list: ticked ones are used, texts can be typed over, all can be moved and removed. */
export function ItemsField({ field, maxItems, set }: ItemsFieldProps) {
  const { isReadOnly } = usePanel();
  const parsed = entriesSchema.safeParse(field.value);
  const entries = parsed.success ? parsed.data : [];
  const ticked = entries.filter(({ isTicked }) => isTicked).length;
  const isFull = entries.length >= maxItems;
  const add = (): void => set([...entries, { isTicked: true, item: { kind: "text", text: "" } }]);
  const replace = (index: number, entry: Entry): void =>
    set(entries.map((each, position) => (position === index ? entry : each)));
  const move = (index: number, by: -1 | 1): void => {
    const moved = entries.filter((_, position) => position !== index);
    moved.splice(index + by, 0, ...entries.slice(index, index + 1));
    set(moved);
  };
  return (
    <Field
      label={field.param.label}
      hint={field.param.hint}
      problem={field.problem}
      aside={<span class="quiet">{`${ticked} of ${entries.length} ticked`}</span>}
    >
      {(props) => (
        <div {...props} role="group" aria-label={field.param.label}>
          <ol class="list">
            {entries.map((entry, index) => (
              <EntryRow
                key={index}
                entry={entry}
                number={index + 1}
                count={entries.length}
                replace={(next) => replace(index, next)}
                move={(by) => move(index, by)}
                remove={() => set(entries.filter((_, position) => position !== index))}
              />
            ))}
          </ol>
          <Button secondary disabled={isReadOnly || isFull} onClick={add}>
            {isFull ? `Full: ${maxItems} items at most` : "Add text"}
          </Button>
        </div>
      )}
    </Field>
  );
}

interface EntryRowProps {
  readonly entry: Entry;
  readonly number: number;
  readonly count: number;
  readonly replace: (entry: Entry) => void;
  readonly move: (by: -1 | 1) => void;
  readonly remove: () => void;
}

function EntryRow({ entry, number, count, replace, move, remove }: EntryRowProps) {
  const { isReadOnly } = usePanel();
  const { item } = entry;
  const draft = useDraft(item.kind === "text" ? item.text : "", (text) =>
    replace({ ...entry, item: { kind: "text", text } }),
  );
  return (
    <li class="list-row entry">
      <input
        type="checkbox"
        class="check"
        aria-label={`Use item ${number}`}
        checked={entry.isTicked}
        disabled={isReadOnly}
        onChange={(event) => replace({ ...entry, isTicked: event.currentTarget.checked })}
      />
      <span class="quiet">{number}</span>
      {item.kind === "text" ? (
        <input
          class="text-input grow"
          aria-label={`Text of item ${number}`}
          dir="auto"
          placeholder="Empty text"
          value={draft.text}
          readOnly={isReadOnly}
          onInput={(event) => draft.type(event.currentTarget.value)}
          onBlur={draft.keep}
        />
      ) : (
        <span class="words">{describeAsset(item.asset)}</span>
      )}
      <IconButton
        icon="up"
        label={`Move item ${number} up`}
        disabled={isReadOnly || number === 1}
        onClick={() => move(-1)}
      />
      <IconButton
        icon="down"
        label={`Move item ${number} down`}
        disabled={isReadOnly || number === count}
        onClick={() => move(1)}
      />
      <IconButton
        icon="close"
        label={`Remove item ${number}`}
        disabled={isReadOnly}
        onClick={remove}
      />
    </li>
  );
}
