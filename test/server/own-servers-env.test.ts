import { expect, test } from "vitest";
import { readEnv } from "../../server/env.ts";

test("servers of the owner's own are exact origins, by their provider", () => {
  expect(readEnv({}).ownServers).toEqual(new Map());
  const named = readEnv({
    SPACES_OLLAMA_URL: "http://127.0.0.1:11434/",
    SPACES_LMSTUDIO_URL: "http://studio.local:1234",
    SPACES_OPENAI_COMPATIBLE_URL: "https://models.example",
  });
  expect([...named.ownServers]).toEqual([
    ["ollama", "http://127.0.0.1:11434"],
    ["lmstudio", "http://studio.local:1234"],
    ["compatible", "https://models.example"],
  ]);
});

test.each(["11434", "http://127.0.0.1:11434/v1", "http://me:secret@host", "ftp://host", "//host"])(
  "%s is none, and the variable is named",
  (text) => {
    expect(() => readEnv({ SPACES_OLLAMA_URL: text })).toThrow(/^SPACES_OLLAMA_URL: /);
  },
);
