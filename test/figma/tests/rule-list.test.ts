import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { listRules, rules, unverified } from "../rules.ts";
import { memberOverrides } from "../typings/overrides.ts";
import { generateMemberTable, memberTableFile } from "../typings/generate-member-table.ts";
import { memberTable } from "../typings/member-table.ts";

const testsHere = readdirSync(new URL(".", import.meta.url)).filter((name) =>
  name.startsWith("rules-"),
);
const tested = testsHere.flatMap((name) =>
  [...readFileSync(new URL(name, import.meta.url), "utf8").matchAll(/ruleTest\("([^"]+)"/g)].map(
    (match) => match[1],
  ),
);

test("every rule has one test, and every switch has its rule", () => {
  expect([...tested].sort()).toEqual(rules.map(({ id }) => id).sort());
  expect(new Set(rules.flatMap((rule) => rule.switch ?? []))).toEqual(
    new Set([
      "missingMemberRead",
      "freeConnectorEnd",
      "connectorAfterDelete",
      "copiesCarryPluginData",
      "sharedDataChanges",
      "earlyMessages",
      "videoInFigjam",
    ]),
  );
});

test("the list can be printed, with the certainty first", () => {
  expect(listRules().split("\n")).toHaveLength(rules.length);
  expect(listRules()).toContain("[D] unloaded-font: text cannot be changed");
  expect(unverified.length).toBeLessThan(rules.length / 2);
});

test("generating the member table again gives the committed one", () => {
  expect(generateMemberTable()).toBe(readFileSync(memberTableFile, "utf8"));
});

test("the table knows the typings: types, read-only members, editors, dynamic-page", () => {
  expect(memberTable.version).toBe("1.142.0");
  expect(Object.keys(memberTable.typeOf)).toHaveLength(36);
  expect(memberTable.changeProperties).toHaveLength(132);
  expect(memberTable.interfaces["FrameNode"]?.["width"]?.isReadonly).toBe(true);
  expect(memberTable.interfaces["PluginAPI"]?.["createSticky"]?.editors).toEqual(["figjam"]);
  expect(memberTable.interfaces["PluginAPI"]?.["getNodeById"]?.dynamicPage).toBe("throws");
  for (const { on, member, editors } of memberOverrides)
    if (editors !== "all") expect(memberTable.interfaces[on]?.[member]?.editors).toEqual(editors);
});
