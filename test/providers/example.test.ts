import { readFile, readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { example } from "./example/index.ts";
import { describeProvider } from "./provider-contract.ts";
import { imageRequest, smallPng } from "./request-parts.ts";

const picture = "https://files.example.com/1.png";

describeProvider({
  declaration: example,
  mode: "queue",
  fileHosts: ["files.example.com"],
  isPaid: ({ method }) => method === "POST",
  conformer: null,
  good: (response, { method, headers }) => {
    if (headers.host === "files.example.com") response.end(smallPng());
    else if (method === "POST") response.end(JSON.stringify({ id: "job-1" }));
    else response.end(JSON.stringify({ state: "made", picture }));
  },
  requests: [
    {
      name: "Example Swift",
      model: "example:swift",
      request: imageRequest({ ratio: "16:9" }),
      sends: { text: "A red apple", ratio: "16:9", seed: 7 },
    },
  ],
  refusals: [
    {
      name: "the filter",
      at: "poll",
      status: 200,
      body: { state: "refused" },
      code: "moderated",
      outcome: "unknown",
    },
  ],
});

test("a new image provider is one folder of one file, under 80 lines, as the guide says", async () => {
  const folder = new URL("example/", import.meta.url);
  const files = await readdir(folder);
  const text = await readFile(new URL("index.ts", folder), "utf8");
  expect(files).toEqual(["index.ts"]);
  expect(text.split("\n").length).toBeLessThanOrEqual(80);
});
