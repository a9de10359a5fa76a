import { useRef, useState } from "preact/hooks";
import type { Member } from "#domain/member-routes";
import { Button } from "../../panel/controls/button.tsx";
import { useConsole } from "../console-context.ts";
import { Confirm } from "../parts/confirm.tsx";
import { Problem } from "../parts/problem.tsx";
import { useAsked } from "../use-asked.ts";
import { formatDay } from "../words.ts";
import { InviteForm, type Invitation } from "./invite-form.tsx";

/** Who may use the relay: takes people in and out. */
export function MembersPage() {
  const { relay } = useConsole();
  const { value, problem, again } = useAsked(
    async () => (await relay.command("members", { body: undefined })).members,
    [relay],
  );
  const [leaving, setLeaving] = useState<string | null>(null);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const isOut = useRef(false);
  const remove = async (name: string): Promise<void> => {
    await relay.command("memberRemove", { path: { name }, body: {} });
    isOut.current = true;
    if (invitation?.name === name) setInvitation(null);
    again();
  };
  const close = (): void => {
    setLeaving(null);
    // The button that the focus would go back to leaves with its row.
    if (isOut.current) document.querySelector<HTMLElement>("main h1")?.focus();
    isOut.current = false;
  };
  return (
    <>
      <p class="page-lead">
        Everybody here runs flows on this relay and spends from the same credits and keys. Keys,
        people and caps are the owners’ alone.
      </p>
      <InviteForm
        invitation={invitation}
        invited={(made) => {
          setInvitation(made);
          again();
        }}
      />
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
          close={close}
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
