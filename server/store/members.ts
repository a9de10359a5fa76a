import { createHash } from "node:crypto";
import type * as z from "zod";
import { memberRoleSchema } from "#domain/member-routes";
import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";

/** How long a device stays paired without being paired again (reliability.md 5.4). */
const deviceMs = 90 * 24 * 60 * 60_000;
/** A device's last use is written down at most this often. */
const usedMs = 60_000;

/** A new device: its token is shown this once and kept as a hash only. */
export interface NewDevice {
  readonly device: string;
  readonly token: string;
  /** Shared with the device for the proof of `hello`; opens nothing by itself. */
  readonly secret: string;
  readonly expiresAtMs: number;
}

/** What a member may do: an owner everything, a member all but managing people, keys and credits. */
export type Role = z.infer<typeof memberRoleSchema>;

/** Whose a token is. */
export interface KnownDevice {
  readonly team: string;
  readonly member: string;
  readonly device: string;
  readonly role: Role;
}

/** Makes a team if it is not there. Answers the id of the relay that it belongs to. */
export async function ensureTeam(
  transaction: Transaction,
  team: string,
  newId: () => string,
): Promise<string> {
  const known = await transaction
    .selectFrom("team")
    .select("relay")
    .where("id", "=", team)
    .executeTakeFirst();
  if (known) return known.relay;
  const relay = newId();
  await transaction.insertInto("team").values({ id: team, relay }).execute();
  return relay;
}

/** Pairs a device with a member of a team; the first member that a team has is its owner. */
export async function createDevice(
  transaction: Transaction,
  team: string,
  values: {
    readonly member: string;
    readonly name: string;
    readonly nowMs: number;
    readonly random: (bytes: number) => Uint8Array;
  },
): Promise<NewDevice> {
  const { member, name, nowMs, random } = values;
  const device = Buffer.from(random(16)).toString("hex");
  const token = `rly_${Buffer.from(random(32)).toString("base64url")}`;
  const secret = Buffer.from(random(32)).toString("base64url");
  const expiresAtMs = nowMs + deviceMs;
  await ensureMember(transaction, team, member);
  await transaction
    .insertInto("device")
    .values({
      id: device,
      team,
      member,
      name,
      token_hash: hashToken(token),
      secret,
      created_at: nowMs,
      used_at: nowMs,
      expires_at: expiresAtMs,
      is_revoked: 0,
    })
    .execute();
  return { device, token, secret, expiresAtMs };
}

const deviceByToken = prepare((database, { hash, nowMs }: { hash: string; nowMs: number }) =>
  database
    .selectFrom("device")
    .innerJoin("member", (join) =>
      join.onRef("member.team", "=", "device.team").onRef("member.name", "=", "device.member"),
    )
    .select(["device.id", "device.team", "device.member", "device.used_at", "member.role"])
    .where("token_hash", "=", hash)
    .where("is_revoked", "=", 0)
    .where("expires_at", ">", nowMs)
    .compile(),
);

/** Whose token it is, or null for one that is unknown, expired or revoked. */
export async function findDevice(
  database: Database,
  token: string,
  nowMs: number,
): Promise<KnownDevice | null> {
  const { rows } = await deviceByToken(database, { hash: hashToken(token), nowMs });
  const [row] = rows;
  if (!row) return null;
  if (nowMs - row.used_at >= usedMs) {
    await database.updateTable("device").set({ used_at: nowMs }).where("id", "=", row.id).execute();
  }
  const role = memberRoleSchema.parse(row.role);
  return { team: row.team, member: row.member, device: row.id, role };
}

/** Whether a device of a team still gets in. */
export async function isPaired(
  database: Database,
  team: string,
  device: string,
  nowMs: number,
): Promise<boolean> {
  const row = await database
    .selectFrom("device")
    .select("id")
    .where("team", "=", team)
    .where("id", "=", device)
    .where("is_revoked", "=", 0)
    .where("expires_at", ">", nowMs)
    .executeTakeFirst();
  return row !== undefined;
}

/** What a member of a team may do, or null where it has no such member. */
export async function roleOf(database: Database, team: string, name: string): Promise<Role | null> {
  const row = await database
    .selectFrom("member")
    .select("role")
    .where("team", "=", team)
    .where("name", "=", name)
    .executeTakeFirst();
  return row ? memberRoleSchema.parse(row.role) : null;
}

/** The secret that a device and its relay share, or null for an unknown device. */
export async function deviceSecret(database: Database, device: string): Promise<string | null> {
  const row = await database
    .selectFrom("device")
    .select("secret")
    .where("id", "=", device)
    .where("is_revoked", "=", 0)
    .executeTakeFirst();
  return row?.secret ?? null;
}

/** Takes back the token of a device. False when the team has no such device or it was done before. */
export async function revokeDevice(
  transaction: Transaction,
  team: string,
  device: string,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("device")
    .set({ is_revoked: 1 })
    .where("team", "=", team)
    .where("id", "=", device)
    .where("is_revoked", "=", 0)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes back every token of one name, such as the one of an earlier command line. */
export async function revokeDevices(
  transaction: Transaction,
  team: string,
  name: string,
): Promise<void> {
  await transaction
    .updateTable("device")
    .set({ is_revoked: 1 })
    .where("team", "=", team)
    .where("name", "=", name)
    .execute();
}

async function ensureMember(transaction: Transaction, team: string, name: string): Promise<void> {
  const first = await transaction
    .selectFrom("member")
    .select("name")
    .where("team", "=", team)
    .limit(1)
    .executeTakeFirst();
  const role: Role = first ? "member" : "owner";
  await transaction
    .insertInto("member")
    .values({ team, name, role })
    .onConflict((conflict) => conflict.columns(["team", "name"]).doNothing())
    .execute();
}

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
