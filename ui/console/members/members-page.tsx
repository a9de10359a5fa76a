import { useState } from "preact/hooks";
import type { Member } from "#domain/member-routes";
import { Button } from "../../panel/controls/button.tsx";
import { useConsole } from "../console-context.ts";
import { Confirm } from "../parts/confirm.tsx";
import { Problem } from "../parts/problem.tsx";
import { useAsked } from "../use-asked.ts";
import { formatDay } from "../words.ts";
import { InviteForm } from "./invite-form.tsx";

/** Who may use the relay: takes people in and out. */
export function MembersPage() {
  const { relay } = useConsole();
  const { value, problem, again } = useAsked(
    async () => (await relay.command("members", { body: undefined })).members,
    [relay],
  );
  const [leaving, setLeaving] = useState<string | null>(null);
  const remove = async (name: string): Promise<void> => {
    await relay.command("memberRemove", { path: { name }, body: {} });
    again();
  };
  return (
    <>
      <p class="page-lead">
        Everybody here runs flows on this relay and spends from the same credits and keys. Keys,
        people and caps are the owners’ alone.
      </p>
      <InviteForm invited={again} />
      <Problem sentence={problem} again={again} />
      <ul class="card rows" aria-busy={value === null}>
        {value?.map((member) => (
          <MemberRow key={member.name} member={member} leave={() => setLeaving(member.name)} />
        ))}
      </ul>
      {leaving !== null && (
        <Confirm
          question={`Take ${leaving} out?`}
          consequence="No device of theirs gets in any more. What they ran stays."
          verb="Take out"
          perform={() => remove(leaving)}
          close={() => setLeaving(null)}
        />
      )}
    </>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly leave: () => void;
}

function MemberRow({ member: { name, role, devices, lastUsedAtMs }, leave }: MemberRowProps) {
  const used = lastUsedAtMs === null ? "" : `, last used ${formatDay(lastUsedAtMs)}`;
  const paired = devices === 1 ? "1 device" : `${devices} devices`;
  return (
    <li class="key-line">
      <span class="avatar" aria-hidden="true">
        {String.fromCodePoint(name.codePointAt(0) ?? 0).toUpperCase()}
      </span>
      <div class="words">
        <h2>{name}</h2>
        <p class="quiet">{devices === 0 ? "Not paired yet" : `${paired}${used}`}</p>
      </div>
      <span class="pill" data-kind={role}>
        {role === "owner" ? "Owner" : "Member"}
      </span>
      <Button secondary aria-label={`Take ${name} out`} onClick={leave}>
        Take out
      </Button>
    </li>
  );
}
