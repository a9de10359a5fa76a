import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWellFormed } from "#domain/well-formed";
import { findRunByKey, getRun } from "../../../server/store/runs.ts";
import { TextNotStorable } from "../../../server/store/store-error.ts";
import { latestVersion, saveVersion } from "../../../server/store/versions.ts";
import { keepRun, newVersion, readAllRows, type OpenEmptyStore } from "./rows.ts";

const team = "red";
/** What people paste: any code unit, and more often than chance what stores stumble over. */
const anyText = fc.array(
  fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "\u0000",
      "\uD800",
      "\uDC00",
      "\uFEFF",
      "\u202E",
      "👩‍👩‍👧",
      "\u{E0041}",
      "é",
      "'",
      "\\",
    ),
  ),
  { minLength: 1, maxLength: 4 },
);

/** Texts come back as the same characters, or are refused; nothing is changed on the way (F49). */
export function textContract(open: OpenEmptyStore): void {
  describe("F49: a text", () => {
    it("comes back unchanged, or is refused and nothing is stored", async () => {
      const store = await open();
      const met = { kept: 0, refused: 0 };
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(anyText, async (parts) => {
          const member = parts.join("");
          const id = `run-${(runs += 1)}`;
          const kept = keepRun(store, team, id, { member });
          if (isWellFormed(member)) {
            await kept;
            met.kept += 1;
            expect((await getRun(store.database, team, id))?.member).toBe(member);
          } else {
            await expect(kept).rejects.toThrow(TextNotStorable);
            met.refused += 1;
            expect(await getRun(store.database, team, id)).toBeNull();
          }
        }),
        { numRuns: 300 },
      );
      expect(met.kept).toBeGreaterThan(20);
      expect(met.refused).toBeGreaterThan(20);
    });

    it("inside a result comes back unchanged, also one that no column could hold", async () => {
      const store = await open();
      let versions = 0;
      await fc.assert(
        fc.asyncProperty(anyText, async (parts) => {
          const version = newVersion(`version-${(versions += 1)}`, { notes: [parts.join("")] });
          await store.transaction((transaction) =>
            saveVersion(transaction, team, "file-1", version),
          );
          const kept = await latestVersion(store.database, team, "file-1", "1:2");
          expect(kept?.notes).toEqual(version.notes);
        }),
        { numRuns: 150 },
      );
    });

    it("that cannot be stored can be looked for and finds nothing", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      for (const text of ["\u0000", "run-1\u0000", "\uD800"]) {
        expect(await getRun(store.database, team, text)).toBeNull();
        expect(await findRunByKey(store.database, text, text)).toBeNull();
      }
    });

    it("of SQL is a text", async () => {
      const store = await open();
      const before = Object.keys(await readAllRows(store.database));
      await keepRun(store, team, "run-1", { key: "'; DROP TABLE run; --" });
      expect(Object.keys(await readAllRows(store.database))).toEqual(before);
      expect(await findRunByKey(store.database, team, "' OR '1'='1")).toBeNull();
    });
  });
}
