import { describe, expect, it } from "vitest";
import { createDevice, findDevice } from "../../../server/store/members.ts";
import { inviteMember, listMembers, removeMember } from "../../../server/store/membership.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { createCode, redeemCode } from "../../../server/store/pairing.ts";
import { countingRandom, nowMs, type OpenEmptyStore } from "./rows.ts";

const team = "red";
const random = countingRandom();
const pair = (store: Store, member: string, atMs = nowMs) =>
  store.transaction((transaction) =>
    createDevice(transaction, team, { member, name: "laptop", nowMs: atMs, random }),
  );
const invite = (store: Store, name: string, role: "owner" | "member") =>
  store.transaction((transaction) => inviteMember(transaction, team, name, role));
const remove = (store: Store, name: string) =>
  store.transaction((transaction) => removeMember(transaction, team, name));
const list = (store: Store) => listMembers(store.database, team, nowMs);

/** Who may use a team's relay, and how somebody is taken out. */
export function membershipContract(open: OpenEmptyStore): void {
  describe("the members of a team", () => {
    it("are told with their devices", async () => {
      const store = await open();
      await pair(store, "ana");
      await pair(store, "ana", nowMs + 5);
      await invite(store, "ben", "member");
      expect(await list(store)).toEqual([
        { name: "ana", role: "owner", devices: 2, lastUsedAtMs: nowMs + 5 },
        { name: "ben", role: "member", devices: 0, lastUsedAtMs: null },
      ]);
    });

    it("become owners when they are invited as such, and no less by another invitation", async () => {
      const store = await open();
      await pair(store, "ana");
      const roles = [];
      for (const role of ["member", "owner", "member"] as const) {
        await invite(store, "ben", role);
        roles.push((await list(store)).find(({ name }) => name === "ben")?.role);
      }
      expect(roles).toEqual(["member", "owner", "owner"]);
    });

    it("get in no more once they are taken out, neither by token nor by code", async () => {
      const store = await open();
      const ana = await pair(store, "ana");
      const ben = await pair(store, "ben");
      const code = await store.transaction((transaction) =>
        createCode(transaction, team, { member: "ben", nowMs, random }),
      );
      expect(await remove(store, "ben")).toBe("removed");
      expect(await remove(store, "ben")).toBe("unknown");
      expect(await findDevice(store.database, ben.token, nowMs)).toBeNull();
      expect(await findDevice(store.database, ana.token, nowMs)).not.toBeNull();
      const redeemed = await store.transaction((transaction) =>
        redeemCode(transaction, code, nowMs),
      );
      expect(redeemed.kind).toBe("refused");
      expect((await list(store)).map(({ name }) => name)).toEqual(["ana"]);
    });

    it("always have an owner", async () => {
      const store = await open();
      await pair(store, "ana");
      await invite(store, "ben", "member");
      expect(await remove(store, "ana")).toBe("last-owner");
      await invite(store, "ben", "owner");
      expect(await remove(store, "ana")).toBe("removed");
      expect(await remove(store, "ben")).toBe("last-owner");
    });
  });
}
