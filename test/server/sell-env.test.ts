import { expect, test } from "vitest";
import { readEnv } from "../../server/env.ts";

test("credits are sold for dollars only where it is said for how many", () => {
  expect(readEnv({ SPACES_DATA: "/data" }).creditsPerDollar).toBeNull();
  expect(readEnv({ SPACES_CREDITS_PER_DOLLAR: "100" }).creditsPerDollar).toBe(100);
  for (const wrong of ["0", "-1", "many"]) {
    expect(() => readEnv({ SPACES_CREDITS_PER_DOLLAR: wrong })).toThrow(
      /^SPACES_CREDITS_PER_DOLLAR: /,
    );
  }
});
