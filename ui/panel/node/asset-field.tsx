import { Button } from "../controls/button.tsx";
import { assetSchema } from "#domain/asset";
import type { PortType } from "#domain/port";
import type { FieldView } from "../../node-view.ts";
import { chooseMedia } from "./choose-file.ts";
import { describeAsset } from "./describe-asset.ts";
import { Facts } from "../controls/facts.tsx";
import { Field } from "../controls/field.tsx";
import { usePanel } from "../panel-context.ts";

interface AssetFieldProps {
  readonly node: string;
  readonly field: FieldView;
  readonly accepts: readonly PortType[];
}

const words: Readonly<Record<PortType, string>> = {
  text: "text",
  image: "image",
  video: "video",
  audio: "sound",
};

/** One file of this machine: chosen, or dropped on the field. */
export function AssetField({ node, field, accepts }: AssetFieldProps) {
  const { actions, isReadOnly } = usePanel();
  const parsed = assetSchema.safeParse(field.value);
  const take = (file: File): void => actions.setFile(node, field.name, file);
  const wanted = accepts
    .map((type) => words[type])
    .join(", ")
    .replace(/, ([^,]*)$/, " or $1");
  return (
    <Field label={field.param.label} hint={field.param.hint} problem={field.problem}>
      {(props) => (
        <div
          class="drop"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            const file = event.dataTransfer?.files[0];
            if (file !== undefined && !isReadOnly) take(file);
          }}
        >
          <p>{parsed.success ? describeAsset(parsed.data) : `Drop a file here: ${wanted}.`}</p>
          {parsed.data?.credit && (
            <p dir="auto">
              <Facts facts={[parsed.data.credit.line, parsed.data.credit.licence]} />
            </p>
          )}
          <Button
            {...props}
            secondary
            disabled={isReadOnly}
            onClick={() => chooseMedia(accepts, take)}
          >
            {parsed.success ? "Choose another file" : "Choose a file"}
          </Button>
          {accepts.includes("image") && (
            <button
              type="button"
              class="link"
              disabled={isReadOnly}
              onClick={() => actions.openStock(node, field.name)}
            >
              Search stock pictures
            </button>
          )}
        </div>
      )}
    </Field>
  );
}
