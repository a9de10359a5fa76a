import fc from "fast-check";
import { expect, test } from "vitest";
import { checkModelNeeds } from "#domain/check-model-needs";
import { buildGraph } from "../helpers/build-graph.ts";
import { fakeModel } from "../helpers/fake-provider.ts";

const names = ["prompt", "first", "last", "references", "audio"];
const arbitraryWay = fc.dictionary(fc.constantFrom(...names), fc.boolean(), {
  noNullPrototype: true,
});
const arbitraryModel = fc.record({
  needs: fc.subarray(names),
  ways: fc.array(arbitraryWay, { maxLength: 4 }),
});
const [node] = buildGraph().node("v", "video-generator").done().nodes;

/** All that a node may be given: what no way knows is no matter of the ways. */
const isFine = (
  { needs, ways }: { needs: string[]; ways: Record<string, boolean>[] },
  given: readonly string[],
) => {
  const known = given.filter((name) => ways.some((way) => name in way));
  const isMet = (way: Record<string, boolean>) =>
    known.every((name) => name in way) &&
    Object.entries(way).every(([name, isNeeded]) => !isNeeded || given.includes(name));
  return needs.every((name) => given.includes(name)) && (ways.length === 0 || ways.some(isMet));
};

test("a model can be asked exactly where what is given is one of its ways, and is all that it needs", () => {
  fc.assert(
    fc.property(arbitraryModel, fc.subarray(names), (rules, given) => {
      const model = fakeModel("video", rules);
      const issues = checkModelNeeds(node!, model, (name) => given.includes(name));
      expect(issues.length).toBe(isFine(rules, given) ? 0 : 1);
      for (const { nodeId, port, message } of issues) {
        expect([nodeId, names.includes(port ?? "")]).toEqual(["v", true]);
        expect(message).toMatch(/^Fake video .*".*\.$/);
      }
    }),
    { numRuns: 500 },
  );
});

test("what is missed is something that is not there, and giving it brings the node on", () => {
  fc.assert(
    fc.property(arbitraryModel, fc.subarray(names), (rules, given) => {
      const model = fakeModel("video", rules);
      const there = new Set(given);
      for (let asked = 0; asked <= names.length; asked += 1) {
        const [issue] = checkModelNeeds(node!, model, (name) => there.has(name));
        if (!issue?.message.includes("needs something")) return;
        expect(there.has(issue.port ?? "")).toBe(false);
        there.add(issue.port ?? "");
      }
      expect.unreachable("It always asked for something more.");
    }),
  );
});
