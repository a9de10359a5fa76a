import { describe, expect, it } from "vitest";
import type { Store } from "../../../server/store/open-store.ts";
import {
  ensureShareSecret,
  findShareSecret,
  replaceShareSecret,
} from "../../../server/store/share-secrets.ts";
import { countingRandom, type OpenEmptyStore } from "./rows.ts";

const random = countingRandom();
const ensure = (store: Store, team: string) =>
  store.transaction((transaction) => ensureShareSecret(transaction, team, random));
const replace = (store: Store, team: string) =>
  store.transaction((transaction) => replaceShareSecret(transaction, team, random));

/** The secret under which the share links of a team are made. */
export function shareContract(open: OpenEmptyStore): void {
  describe("a team's secret of share links", () => {
    it("is made once, with 256 bits, and found from then on", async () => {
      const store = await open();
      expect(await findShareSecret(store.database, "red")).toBeNull();
      const secret = await ensure(store, "red");
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(await ensure(store, "red")).toBe(secret);
      expect(await findShareSecret(store.database, "red")).toBe(secret);
    });

    it("is the same for all who ask for it first, at the same time", async () => {
      const store = await open();
      const secrets = await Promise.all(Array.from({ length: 8 }, () => ensure(store, "red")));
      expect(new Set(secrets).size).toBe(1);
    });

    it("is each team's own", async () => {
      const store = await open();
      expect(await ensure(store, "red")).not.toBe(await ensure(store, "blue"));
    });

    it("is replaced for one team alone, also before it was ever made", async () => {
      const store = await open();
      const red = await ensure(store, "red");
      const blue = await ensure(store, "blue");
      for (const team of ["red", "green"]) await replace(store, team);
      expect(await findShareSecret(store.database, "red")).toMatch(/^[\w-]{43}$/);
      expect(await findShareSecret(store.database, "red")).not.toBe(red);
      expect(await findShareSecret(store.database, "blue")).toBe(blue);
      expect(await findShareSecret(store.database, "green")).toMatch(/^[\w-]{43}$/);
    });
  });
}
