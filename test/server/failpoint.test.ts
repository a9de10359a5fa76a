import { describe, expect, test } from "vitest";
import { createFailpoints } from "../../server/failpoint.ts";

const never = () => expect.unreachable("killed");

describe("failpoints", () => {
  test("do nothing unless they are switched on", async () => {
    const reach = createFailpoints("", never);
    await reach("afterIntent");
  });

  test("throw at the named time only", async () => {
    const reach = createFailpoints("afterIntent:2=throw", never);
    await reach("afterIntent");
    await expect(reach("afterIntent")).rejects.toThrow("afterIntent");
    await reach("afterIntent");
  });

  test("kill, and nothing comes after", async () => {
    let kills = 0;
    const reach = createFailpoints("afterStore=kill", () => (kills += 1));
    const after = await Promise.race([
      reach("afterStore").then(() => "went on"),
      Promise.resolve(""),
    ]);
    expect([kills, after]).toEqual([1, ""]);
  });

  test.each(["nowhere=kill", "afterStore", "afterStore=explode", "afterStore:x=kill"])(
    "refuse the setting %s",
    (setting) => expect(() => createFailpoints(setting, never)).toThrow("SPACES_FAILPOINTS"),
  );
});
