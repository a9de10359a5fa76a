import { describe, expect, test } from "vitest";
import { keyProviders } from "../../../server/keys/key-providers.ts";
import { tryKey } from "../../../server/keys/try-key.ts";
import { standInInternet } from "../../helpers/stand-in-internet.ts";
import { openEgress, openHost } from "../egress/open-test-egress.ts";

const secret = "sk-canary-0123456789abcdef";
const internet = (port: number) =>
  standInInternet(
    port,
    Object.fromEntries(
      keyProviders.flatMap(({ origins }) =>
        origins.map((origin) => [new URL(origin).hostname, [["1.1.1.1"]]]),
      ),
    ),
  );

/** Those whose address is not the owner's to name. */
const vendors = keyProviders.filter(({ origins }) => origins.length > 0);

describe("a key is tried without cost", () => {
  test.each(vendors.map((provider) => [provider.id, provider] as const))(
    "at %s",
    async (_, provider) => {
      const host = await openHost((response) => response.end("{}"));
      const { egress } = openEgress({ wires: internet(host.port) });
      expect(await tryKey(egress, provider, secret)).toMatchObject({ outcome: "good" });
      const [arrived] = host.arrived;
      expect(arrived).toMatchObject({ method: "GET", path: provider.free.path, body: "" });
      expect(arrived?.headers[provider.header]).toBe(`${provider.prefix}${secret}`);
      expect(arrived?.headers.host).toBe(new URL(provider.origins[0]!).host);
      expect(arrived?.path).not.toContain(secret);
    },
  );

  test.each([
    [401, "refused"],
    [403, "refused"],
    [429, "unclear"],
    [500, "unclear"],
    [302, "unclear"],
  ])("and %i is %s, without a word of the host's", async (status, outcome) => {
    const host = await openHost((response) =>
      response.writeHead(status, { location: "/" }).end(secret),
    );
    const { egress } = openEgress({ wires: internet(host.port) });
    const trial = await tryKey(egress, keyProviders[0]!, secret);
    expect(trial.outcome).toBe(outcome);
    expect(trial.sentence).not.toContain(secret);
  });

  test("and a host that is not there says nothing about the key", async () => {
    const { egress } = openEgress({ wires: standInInternet(1, {}) });
    const trial = await tryKey(egress, keyProviders[0]!, secret);
    expect(trial).toEqual({
      outcome: "unclear",
      sentence: "OpenAI was not asked: The host could not be reached.",
    });
  });
});

test("every provider has an id, variables and https origins of its own", () => {
  const ids = keyProviders.map(({ id }) => id);
  const variables = keyProviders.flatMap((provider) => provider.variables);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(variables).size).toBe(variables.length);
  for (const origin of keyProviders.flatMap(({ origins }) => origins)) {
    expect(origin).toBe(new URL(origin).origin);
    expect(origin).toMatch(/^https:/);
  }
});
