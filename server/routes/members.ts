import { memberNameSchema } from "#domain/member-routes";
import type { Handler } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import { inviteMember, listMembers, removeMember } from "../store/membership.ts";
import { codeMs, createCode } from "../store/pairing.ts";
import type { RouteParts } from "./route-parts.ts";

type MemberParts = Pick<RouteParts, "store" | "clock" | "random">;

/** Who may use the relay. */
export function members({ store, clock }: MemberParts): Handler<"members"> {
  return async ({ caller }) => ({
    members: await listMembers(store.database, caller.team, clock.nowMs()),
  });
}

/** Makes somebody a member and a pairing code for their device; it replaces the code there was. */
export function memberInvite({ store, clock, random }: MemberParts): Handler<"memberInvite"> {
  return async ({ caller: { team }, body }) => {
    const nowMs = clock.nowMs();
    const code = await store.transaction(async (transaction) => {
      await inviteMember(transaction, team, body.name, body.role);
      return createCode(transaction, team, { member: body.name, nowMs, random });
    });
    return { code, expiresAtMs: nowMs + codeMs };
  };
}

/** Ends everything by which a member gets in. */
export function memberRemove({ store }: MemberParts): Handler<"memberRemove"> {
  return async ({ caller: { team }, path }) => {
    const name = memberNameSchema.safeParse(path["name"]);
    const outcome = name.success
      ? await store.transaction((transaction) => removeMember(transaction, team, name.data))
      : "unknown";
    if (outcome === "unknown") throw new Refusal("not-found", "There is no such member.");
    if (outcome === "last-owner") {
      const said = "That is the only owner. Add another one first.";
      throw new Refusal("conflict", said);
    }
    return {};
  };
}
