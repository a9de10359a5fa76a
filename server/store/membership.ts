import { memberRoleSchema, type Member } from "#domain/member-routes";
import type { Database, Transaction } from "./database.ts";
import type { Role } from "./members.ts";

/** Makes somebody a member, or gives a member another role; one who is an owner stays one. */
export async function inviteMember(
  transaction: Transaction,
  team: string,
  name: string,
  role: Role,
): Promise<void> {
  await transaction
    .insertInto("member")
    .values({ team, name, role })
    .onConflict((conflict) =>
      role === "owner"
        ? conflict.columns(["team", "name"]).doUpdateSet({ role })
        : conflict.columns(["team", "name"]).doNothing(),
    )
    .execute();
}

/** A team's members by name, with what they have paired. */
export async function listMembers(
  database: Database,
  team: string,
  nowMs: number,
): Promise<Member[]> {
  const rows = await database
    .selectFrom("member")
    .leftJoin("device", (join) =>
      join
        .onRef("device.team", "=", "member.team")
        .onRef("device.member", "=", "member.name")
        .on("device.is_revoked", "=", 0)
        .on("device.expires_at", ">", nowMs),
    )
    .select(["member.name", "member.role"])
    .select((row) => [
      row.fn.count<number | string>("device.id").as("devices"),
      row.fn.max("device.used_at").as("usedAtMs"),
    ])
    .where("member.team", "=", team)
    .groupBy(["member.name", "member.role"])
    .orderBy("member.name")
    .execute();
  return rows.map(({ name, role, devices, usedAtMs }) => ({
    name,
    role: memberRoleSchema.parse(role),
    devices: Number(devices),
    lastUsedAtMs: usedAtMs,
  }));
}

/**
 * Takes a member out of a team: every token and code of theirs ends with this commit; what they ran
 * stays. The last owner stays, as nobody could manage the relay then.
 */
export async function removeMember(
  transaction: Transaction,
  team: string,
  name: string,
): Promise<"removed" | "unknown" | "last-owner"> {
  const members = await transaction
    .selectFrom("member")
    .select(["name", "role"])
    .where("team", "=", team)
    .execute();
  const member = members.find((each) => each.name === name);
  if (!member) return "unknown";
  const owners = members.filter(({ role }) => role === "owner");
  if (member.role === "owner" && owners.length === 1) return "last-owner";
  for (const table of ["device", "pairing_code"] as const) {
    await transaction
      .deleteFrom(table)
      .where("team", "=", team)
      .where("member", "=", name)
      .execute();
  }
  await transaction
    .deleteFrom("member")
    .where("team", "=", team)
    .where("name", "=", name)
    .execute();
  return "removed";
}
