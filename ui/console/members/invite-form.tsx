import { useId, useState } from "preact/hooks";
import { memberRoleSchema, type Member } from "#domain/member-routes";
import { Button } from "../../panel/controls/button.tsx";
import { Select } from "../../panel/controls/select.tsx";
import { useConsole } from "../console-context.ts";
import { useAction } from "../use-asked.ts";
import { formatMoment } from "../../session/words.ts";

const roles = [
  { value: "member", label: "Member" },
  { value: "owner", label: "Owner" },
] as const;

/** Somebody who was taken in, and the code by which they pair. */
export interface Invitation {
  readonly name: string;
  readonly code: string;
  readonly expiresAtMs: number;
}

interface InviteFormProps {
  /** The newest invitation; null before the first, and when whom it is for was taken out. */
  readonly invitation: Invitation | null;
  readonly invited: (invitation: Invitation) => void;
}

/** Takes somebody in and shows the code by which they pair, once. */
export function InviteForm({ invitation, invited }: InviteFormProps) {
  const { relay } = useConsole();
  const id = useId();
  const action = useAction();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Member["role"]>("member");
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const body = { name: name.trim(), role };
    if (body.name === "") return;
    await action.perform(async () => {
      const made = await relay.command("memberInvite", { body });
      invited({ ...made, name: body.name });
      setName("");
    });
  };
  return (
    <section class="card">
      <form class="form-line" autocomplete="off" onSubmit={(event) => void submit(event)}>
        <label class="form-field grow">
          <span>Add somebody, or another device of a member</span>
          <input
            class="text-input"
            value={name}
            placeholder="Name"
            maxLength={100}
            aria-describedby={`${id}-problem`}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label class="form-field">
          <span>Role</span>
          <Select
            value={role}
            options={roles}
            isDisabled={false}
            choose={(value) => setRole(memberRoleSchema.parse(value))}
          />
        </label>
        <Button disabled={name.trim() === ""} loading={action.isBusy}>
          Make a code
        </Button>
      </form>
      <div id={`${id}-problem`} role="alert">
        {action.problem !== null && <p class="problem">{action.problem}</p>}
      </div>
      <div role="status">{invitation !== null && <Code invitation={invitation} />}</div>
    </section>
  );
}

function Code({ invitation: { name, code, expiresAtMs } }: { readonly invitation: Invitation }) {
  return (
    <div class="invitation">
      <output class="invitation-code">{`${code.slice(0, 4)}-${code.slice(4)}`}</output>
      <p>
        {name} types it into the panel within five minutes, until{" "}
        {formatMoment(expiresAtMs, expiresAtMs)}, with the address <code>{location.origin}</code>.
        It works once; an earlier code of theirs does not work any more.
      </p>
    </div>
  );
}
