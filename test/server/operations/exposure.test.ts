import { describe, expect, test } from "vitest";
import { borderRules } from "../../../server/border.ts";
import { readEnv } from "../../../server/env.ts";
import { decideExposure } from "../../../server/exposure.ts";

const open = "lets other machines in";
const lonely = "SPACES_BEHIND_PROXY=1 needs SPACES_PUBLIC_URL";
const origin = "has to be an https origin";
const https = "https://spaces.example.com";

describe("where a relay listens (T24)", () => {
  const matrix: [string | null, string | null, boolean, string | readonly string[]][] = [
    [null, null, false, ["127.0.0.1", "::1"]],
    [null, null, true, lonely],
    [null, https, false, ["127.0.0.1", "::1"]],
    [null, https, true, ["127.0.0.1", "::1"]],
    [null, "http://spaces.example.com", true, origin],
    [null, `${https}/relay`, true, origin],
    [null, "https://user@spaces.example.com", true, origin],
    [null, "spaces.example.com", true, origin],
    ["127.0.0.1", null, false, ["127.0.0.1", "::1"]],
    ["::1", null, true, lonely],
    ["0.0.0.0", null, false, open],
    ["0.0.0.0", null, true, lonely],
    ["0.0.0.0", https, false, open],
    ["0.0.0.0", https, true, ["0.0.0.0"]],
    ["0.0.0.0", "http://spaces.example.com", true, origin],
    ["::", null, false, open],
    ["::", https, true, ["::"]],
    ["10.1.2.3", https, true, ["10.1.2.3", "127.0.0.1", "::1"]],
    ["10.1.2.3", https, false, open],
    ["relay.example.com", https, true, "is no IP address"],
  ];
  test.each(matrix)("%s, public %s, proxy %s", (listen, publicUrl, isBehindProxy, expected) => {
    const decide = () => decideExposure({ listen, publicUrl, isBehindProxy });
    if (typeof expected === "string") expect(decide).toThrow(expected);
    else expect(decide().addresses).toEqual(expected);
  });

  test("is refused at the start, by the environment", () => {
    expect(() => readEnv({ SPACES_LISTEN: "0.0.0.0" })).toThrow(open);
    const { exposure } = readEnv({ SPACES_PUBLIC_URL: `${https}/` });
    expect(exposure.publicUrl?.origin).toBe(https);
  });
});

describe("the public address", () => {
  test("is let in exactly, beside this machine's own names", () => {
    const rules = borderRules(4517, new URL(https));
    expect(rules.hosts).toContain("spaces.example.com");
    expect(rules.hosts).not.toContain("spaces.example.com:4517");
    expect(rules.origins).toContain(https);
    expect(borderRules(4517).hosts).toEqual(["localhost:4517", "127.0.0.1:4517", "[::1]:4517"]);
    expect(borderRules(1, new URL("https://a.test:8443")).hosts).toContain("a.test:8443");
  });
});
