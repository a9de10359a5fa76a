import { createHash } from "node:crypto";
import type { Transaction } from "./database.ts";

/** Letters and digits that nobody mixes up when they are read aloud. */
const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const codeLength = 8;
/** How long a code is good. */
export const codeMs = 5 * 60_000;
const maxTries = 5;

/** Whose code it was, or why it does not work, in a sentence. */
export type Redeemed =
  | { readonly kind: "redeemed"; readonly team: string; readonly member: string }
  | { readonly kind: "refused"; readonly sentence: string };

/**
 * A new pairing code for a member, good once and for five minutes. It replaces every earlier one of
 * theirs, so that nobody is left with codes that they forgot; one that stands beside another leaves that
 * open.
 */
export async function createCode(
  transaction: Transaction,
  team: string,
  values: {
    readonly member: string;
    readonly nowMs: number;
    readonly random: (bytes: number) => Uint8Array;
    readonly isBeside?: boolean;
  },
): Promise<string> {
  const code = pickLetters(values.random);
  if (values.isBeside !== true) {
    await transaction
      .deleteFrom("pairing_code")
      .where("team", "=", team)
      .where("member", "=", values.member)
      .execute();
  }
  await transaction
    .insertInto("pairing_code")
    .values({
      code_hash: hashCode(code),
      team,
      member: values.member,
      expires_at: values.nowMs + codeMs,
      tries: 0,
      is_used: 0,
    })
    .execute();
  return code;
}

/**
 * Takes a code. Every wrong one counts against all codes that are open; after five tries none works
 * any more (reliability.md T3). A refusal is counted by this transaction too: commit it.
 */
export async function redeemCode(
  transaction: Transaction,
  code: string,
  nowMs: number,
): Promise<Redeemed> {
  const taken = await transaction
    .updateTable("pairing_code")
    .set({ is_used: 1 })
    .where("code_hash", "=", hashCode(code))
    .where("is_used", "=", 0)
    .where("expires_at", ">", nowMs)
    .where("tries", "<", maxTries)
    .returning(["team", "member"])
    .executeTakeFirst();
  if (taken) return { kind: "redeemed", team: taken.team, member: taken.member };
  await transaction
    .updateTable("pairing_code")
    .set((expression) => ({ tries: expression("tries", "+", 1) }))
    .execute();
  const sentence =
    "That code does not work: it is wrong, used or too old. Press Enter in the relay's terminal for another, or ask who invited you.";
  return { kind: "refused", sentence };
}

/** 128 random bits, so that no letter is likelier than another by more than one part in 2^88. */
function pickLetters(random: (bytes: number) => Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(random(16)).toString("hex")}`);
  const base = BigInt(alphabet.length);
  let code = "";
  while (code.length < codeLength) {
    code += alphabet[Number(rest % base)] ?? "";
    rest /= base;
  }
  return code;
}

/** Dashes, spaces and small letters are how people copy a code. */
function hashCode(code: string): string {
  const plain = code.toUpperCase().replace(/[\s-]/g, "");
  return createHash("sha256").update(plain).digest("hex");
}
