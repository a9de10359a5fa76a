import { useState } from "preact/hooks";
import { capKindSchema, type Capped } from "#domain/cap";
import { Select } from "../../panel/controls/select.tsx";
import { useConsole } from "../console-context.ts";
import { Problem } from "../parts/problem.tsx";
import { useAsked } from "../use-asked.ts";
import { AmountForm } from "./amount-form.tsx";

interface NewCapProps {
  /** The files that can be capped here, by their ids, as people call them. */
  readonly files: ReadonlyMap<string, string>;
  readonly set: (capped: Capped, most: number) => Promise<void>;
  readonly close: () => void;
}

/** Caps the team, one of its members, or a file. */
export function NewCap({ files, set, close }: NewCapProps) {
  const { relay } = useConsole();
  const [kind, setKind] = useState<Capped["kind"]>("team");
  const [name, setName] = useState<string | null>(null);
  const members = useAsked(
    async () => (await relay.command("members", { body: undefined })).members,
    [relay],
  );
  const names = {
    team: [],
    member: members.value?.map((each) => ({ value: each.name, label: each.name })) ?? [],
    file: [...files].map(([value, label]) => ({ value, label })),
  };
  const kinds = [
    { value: "team", label: "The team" },
    { value: "member", label: "A member" },
    { value: "file", label: "A file" },
  ];
  return (
    <>
      <Problem sentence={members.problem} again={members.again} />
      <AmountForm
        label="At most, a month"
        unit={null}
        verb="Set cap"
        isIncomplete={kind !== "team" && name === null}
        set={(unit, most) => set({ kind, name: name ?? "", unit }, most)}
        close={close}
      >
        <label class="form-field">
          <span>Whom to cap</span>
          <Select
            value={kind}
            options={kinds}
            isDisabled={false}
            choose={(value) => {
              setKind(capKindSchema.parse(value));
              setName(null);
            }}
          />
        </label>
        {kind !== "team" && names[kind].length > 0 && (
          <label class="form-field">
            <span>{kind === "member" ? "Member" : "File"}</span>
            <Select value={name} options={names[kind]} isDisabled={false} choose={setName} />
          </label>
        )}
      </AmountForm>
      {kind === "file" && files.size === 0 && (
        <p class="quiet">
          Files stand here once something in them ran this month. Any other is capped by its id:{" "}
          <code>npm run spaces -- cap file ID 500</code>
        </p>
      )}
    </>
  );
}
