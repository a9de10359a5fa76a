import { describe, expect, it } from "vitest";
import {
  createDevice,
  deviceSecret,
  ensureTeam,
  findDevice,
  isPaired,
  revokeDevice,
  revokeDevices,
} from "../../../server/store/members.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { createCode, redeemCode } from "../../../server/store/pairing.ts";
import { countingRandom, hashOf, nowMs, readAllRows, type OpenEmptyStore } from "./rows.ts";

const team = "red";
const dayMs = 24 * 60 * 60_000;
const random = countingRandom();
const pair = (store: Store, name = "laptop", member = "ana", to = team) =>
  store.transaction((transaction) =>
    createDevice(transaction, to, { member, name, nowMs, random }),
  );
const showCode = (
  store: Store,
  atMs = nowMs,
  to = team,
  { isBeside = false, member = "ana" } = {},
) =>
  store.transaction((transaction) =>
    createCode(transaction, to, { member, nowMs: atMs, random, isBeside }),
  );
const redeem = (store: Store, code: string, atMs = nowMs) =>
  store.transaction((transaction) => redeemCode(transaction, code, atMs));
const good = { kind: "redeemed", team, member: "ana" };

/** Teams, members, their devices' tokens, and the codes that pair a device. */
export function peopleContract(open: OpenEmptyStore): void {
  describe("a team", () => {
    it("has one relay id for good", async () => {
      const store = await open();
      const ensure = (id: string) =>
        store.transaction((transaction) => ensureTeam(transaction, team, () => id));
      expect([await ensure("relay-1"), await ensure("relay-2")]).toEqual(["relay-1", "relay-1"]);
    });

    it("is owned by its first member", async () => {
      const store = await open();
      const devices = [await pair(store), await pair(store, "phone", "ben"), await pair(store)];
      const roles = [];
      for (const { token } of devices) {
        roles.push((await findDevice(store.database, token, nowMs))?.role);
      }
      expect(roles).toEqual(["owner", "member", "owner"]);
    });
  });

  describe("a device's token", () => {
    it("has 256 bits behind a prefix for scanners, and says whose it is", async () => {
      const store = await open();
      const { device, token, expiresAtMs } = await pair(store);
      expect(token).toMatch(/^rly_[\w-]{43}$/);
      expect(expiresAtMs).toBe(nowMs + 90 * dayMs);
      const known = { team, member: "ana", device, role: "owner" };
      expect(await findDevice(store.database, token, nowMs)).toEqual(known);
      for (const wrong of ["", "rly_", token.slice(0, -1), `${token} `, `${token}\u0000`]) {
        expect(await findDevice(store.database, wrong, nowMs)).toBeNull();
      }
    });

    it("is kept as a hash only", async () => {
      const store = await open();
      const { token } = await pair(store);
      const rows = JSON.stringify(await readAllRows(store.database));
      expect(rows).not.toContain(token.slice(4));
      expect(rows).toContain(hashOf(token));
    });

    it("ends after 90 days, or when it is taken back", async () => {
      const store = await open();
      const first = await pair(store);
      const find = (atMs: number) => findDevice(store.database, first.token, atMs);
      expect(await find(nowMs + 90 * dayMs - 1)).not.toBeNull();
      expect(await find(nowMs + 90 * dayMs)).toBeNull();
      const revoke = (device: string) =>
        store.transaction((transaction) => revokeDevice(transaction, team, device));
      const isIn = (atMs: number) => isPaired(store.database, team, first.device, atMs);
      expect([await isIn(nowMs), await isIn(nowMs + 90 * dayMs)]).toEqual([true, false]);
      expect(await revoke(first.device)).toBe(true);
      expect(await isIn(nowMs)).toBe(false);
      expect(await revoke(first.device)).toBe(false);
      expect(await find(nowMs)).toBeNull();
      expect(await deviceSecret(store.database, first.device)).toBeNull();
    });

    it("is taken back with all of its name, and no other", async () => {
      const store = await open();
      const [one, two, other] = [await pair(store), await pair(store), await pair(store, "phone")];
      await store.transaction((transaction) => revokeDevices(transaction, team, "laptop"));
      expect(await findDevice(store.database, one.token, nowMs)).toBeNull();
      expect(await findDevice(store.database, two.token, nowMs)).toBeNull();
      expect(await findDevice(store.database, other.token, nowMs)).not.toBeNull();
    });

    it("notes its last use at most once a minute", async () => {
      const store = await open();
      const { token } = await pair(store);
      const used = [];
      for (const atMs of [nowMs + 59_999, nowMs + 60_000, nowMs + 119_999, nowMs + 120_000]) {
        await findDevice(store.database, token, atMs);
        const row = await store.database.selectFrom("device").select("used_at").executeTakeFirst();
        used.push(row!.used_at - nowMs);
      }
      expect(used).toEqual([0, 60_000, 60_000, 120_000]);
    });

    it("has a secret beside it for the proof of hello", async () => {
      const store = await open();
      const { device, secret } = await pair(store);
      expect(await deviceSecret(store.database, device)).toBe(secret);
      expect(await deviceSecret(store.database, "nobody")).toBeNull();
    });
  });

  describe("a pairing code", () => {
    it("has eight letters that nobody mixes up, and is kept as a hash only", async () => {
      const store = await open();
      for (let tries = 0; tries < 50; tries += 1) {
        expect(await showCode(store)).toMatch(/^[A-HJKMNP-Z2-9]{8}$/);
      }
      const code = await showCode(store);
      expect(JSON.stringify(await readAllRows(store.database))).not.toContain(code);
    });

    it("works once, however it is written", async () => {
      const store = await open();
      const code = await showCode(store);
      const written = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `;
      expect(await redeem(store, written)).toEqual(good);
      expect((await redeem(store, code)).kind).toBe("refused");
    });

    it("ends those before it, unless it stands beside them", async () => {
      const store = await open();
      const [forgotten, first] = [await showCode(store), await showCode(store)];
      const beside = await showCode(store, nowMs, team, { isBeside: true });
      expect((await redeem(store, forgotten)).kind).toBe("refused");
      expect(await redeem(store, first)).toEqual(good);
      expect(await redeem(store, beside)).toEqual(good);
    });

    it("works for one of many at once", async () => {
      const store = await open();
      const code = await showCode(store);
      const tries = Array.from({ length: 5 }, () => redeem(store, code));
      const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "redeemed")).toHaveLength(1);
    });

    it("ends after five minutes", async () => {
      const store = await open();
      const code = await showCode(store);
      expect((await redeem(store, code, nowMs + 5 * 60_000)).kind).toBe("refused");
      expect(await redeem(store, code, nowMs + 5 * 60_000 - 1)).toEqual(good);
    });

    it("still works as the fifth try and no more as the sixth", async () => {
      const store = await open();
      for (const [wrongTries, kind] of [
        [4, "redeemed"],
        [5, "refused"],
      ] as const) {
        const code = await showCode(store);
        for (let tries = 0; tries < wrongTries; tries += 1) {
          expect((await redeem(store, "AAAAAAAA")).kind).toBe("refused");
        }
        expect((await redeem(store, code)).kind).toBe(kind);
      }
    });

    it("ends when a newer one of its member is shown, and not another member's or team's", async () => {
      const store = await open();
      const other = await showCode(store, nowMs, "blue");
      const guest = await showCode(store, nowMs, team, { member: "ben" });
      const [first, second] = [await showCode(store), await showCode(store)];
      expect((await redeem(store, first)).kind).toBe("refused");
      expect(await redeem(store, second)).toEqual(good);
      expect(await redeem(store, other)).toEqual({ ...good, team: "blue" });
      expect(await redeem(store, guest)).toEqual({ ...good, member: "ben" });
    });
  });
}
