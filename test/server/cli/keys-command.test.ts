import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manageKeys } from "../../../server/cli/keys-command.ts";
import { readSecret } from "../../../server/cli/read-secret.ts";
import { resealKeys } from "../../../server/cli/rekey-command.ts";
import { openKeyRelay, type KeyRelay } from "../../helpers/open-key-relay.ts";

const secret = "sk-canary-0123456789abcdef";

/** A terminal of a person who types, and everything that was shown. */
function openTyping() {
  const shown: string[] = [];
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
  });
  return { input, modes, shown, write: (text: string) => shown.push(text) };
}

describe("a key that is typed", () => {
  test.each([
    ["whole", [`${secret}\r`]],
    ["letter by letter", [...Array.from(secret), "\n"]],
    ["with a mistake", ["x\u007fsk-canary-0123456789abcdeg\bf\r"]],
    ["pasted with more behind it", [`${secret}\nrm -rf\n`]],
  ])("is read %s and never shown", async (_, pieces) => {
    const typing = openTyping();
    const reading = readSecret(typing, "Key: ");
    for (const piece of pieces) typing.input.write(piece);
    expect(await reading).toBe(secret);
    expect(typing.shown.join("")).toBe("Key: \n");
    expect(typing.modes).toEqual([true, false]);
  });

  test.each(["\u0003", null])("is given up by Ctrl+C, or by a closed terminal", async (end) => {
    const typing = openTyping();
    const reading = readSecret(typing, "Key: ");
    typing.input.write("sk-ca");
    if (end === null) typing.input.end();
    else typing.input.write(end);
    await expect(reading).rejects.toThrow("Stopped; nothing was set.");
    expect(typing.modes).toEqual([true, false]);
  });

  test("may be piped in, up to a length", async () => {
    const piped = (text: string) => {
      const input = new PassThrough();
      input.end(text);
      return readSecret({ input, write: () => undefined }, "Key: ");
    };
    expect(await piped(`${secret}\n`)).toBe(secret);
    await expect(piped("x".repeat(9_000))).rejects.toThrow("too long");
  });
});

describe("spaces keys", () => {
  let relay: KeyRelay;
  beforeAll(async () => {
    relay = await openKeyRelay({ environment: new Map([["xai", "xai-0123456789abWXYZ"]]) });
  });
  afterAll(async () => {
    await relay.stop();
    await relay.remove();
  });
  const spaces = async (...words: string[]) => {
    const printed: string[] = [];
    const terminal = {
      print: (line: string) => void printed.push(line),
      write: (text: string) => void printed.push(text),
      confirm: null,
      readSecret: () => Promise.resolve(secret),
    };
    const code = await (words[0] === "rekey"
      ? resealKeys(relay.commands, terminal)
      : manageKeys(words, relay.commands, terminal));
    expect(printed.join("\n")).not.toContain(secret);
    return { code, printed: printed.join("\n") };
  };

  test("sets, lists, seals anew and removes", async () => {
    expect((await spaces()).printed).toContain("spaces keys set openai, or OPENAI_API_KEY");
    expect((await spaces("set", "openai")).printed).toContain("OpenAI, ends in cdef");
    const { printed } = await spaces("list");
    expect(printed).toMatch(/^openai +ends in cdef +set \d{4}-\d\d-\d\d$/m);
    expect(printed).toMatch(/^xai +ends in WXYZ +from the environment$/m);
    expect(await spaces("rekey")).toMatchObject({
      code: 0,
      printed: "Every key is sealed under data key 2; 1 were sealed anew.",
    });
    expect((await spaces("set", "xai")).printed).toContain(
      "XAI_API_KEY of the relay's environment wins",
    );
    expect((await spaces("remove", "xai")).printed).toContain("still has the one of the relay's");
    expect((await spaces("remove", "openai")).code).toBe(0);
  });

  test.each([
    [["set", "openai", secret], "A key is not an argument"],
    [["set"], "Name a provider"],
    [["set", "nobody"], "There is no such provider; there are: openai"],
    [["show", "openai"], "After keys comes list, set, remove or test."],
    [["test", "openai"], "There is no key of OpenAI yet."],
  ])("says what is wrong with %j", async (words, sentence) => {
    const refusal = spaces(...words);
    await expect(refusal).rejects.toThrow(sentence);
    await expect(refusal).rejects.not.toThrow(secret);
  });
});
