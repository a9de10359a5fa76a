import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { codeOf, createLog, type LogFields } from "../../../server/log.ts";

function lines(write: (log: ReturnType<typeof createLog>) => void): string[] {
  const written: string[] = [];
  write(
    createLog(
      () => 0,
      (line) => written.push(line),
    ),
  );
  return written;
}

describe("a log line", () => {
  test("has a time, a level, a name and allow-listed fields, the team as a hash", () => {
    const [line = ""] = lines((log) =>
      log("unexpected", { team: "acme", run: "run-1", code: "TypeError server/app.ts:7" }),
    );
    expect(line.endsWith("\n")).toBe(true);
    expect(JSON.parse(line)).toEqual({
      time: "1970-01-01T00:00:00.000Z",
      level: "error",
      event: "unexpected",
      team: createHash("sha256").update("acme").digest("hex").slice(0, 12),
      run: "run-1",
      code: "TypeError server/app.ts:7",
    });
  });

  test.each([
    ["a prompt", 'A "calm" sea'],
    ["a line break", "one\ntwo"],
    ["a long text", "x".repeat(121)],
    ["an emoji", "run 🙂"],
  ])("withholds %s wherever it comes from", (_what, value) => {
    const [line = ""] = lines((log) => log("provider-broken", { code: value, node: value }));
    expect(JSON.parse(line)).toMatchObject({ code: "withheld", node: "withheld" });
  });

  test("leaves out what is on no list", () => {
    const smuggled: LogFields = { run: "run-1", ...{ prompt: "planted", token: "rly_planted" } };
    expect(lines((log) => log("unexpected", smuggled))[0]).not.toContain("planted");
  });

  test("tells of an exception its kind and place, never its text", () => {
    const said = codeOf(new RangeError("planted /etc/passwd"));
    expect(said).toMatch(/^RangeError operations\/log\.test\.ts:\d+$/);
    expect([codeOf("planted"), codeOf(null)]).toEqual(["string", "object"]);
  });
});
