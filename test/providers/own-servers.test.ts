import { describe, expect, test } from "vitest";
import { compatible } from "../../server/providers/compatible/index.ts";
import { lmstudio } from "../../server/providers/lmstudio/index.ts";
import { ollama } from "../../server/providers/ollama/index.ts";
import type { Arrived } from "../helpers/fault-server.ts";
import { openaiConformer } from "./openai-specification.ts";
import { isAsked, ownRequests, ownServer } from "./own-servers.ts";
import { describeProvider, finish } from "./provider-contract.ts";
import { sharedConformer } from "./shared-conformer.ts";
import type { VendorStandIn } from "./vendor-stand-in.ts";
import { openVendor, vendorSecret } from "./vendor-world.ts";

const openaiSpecification = openaiConformer();
const ollamaSpecification = sharedConformer({
  file: "ollama.yaml",
  flagged: { method: "POST", path: "/api/show", body: { verbose: true } },
});

/** What is asked below /v1 is judged by OpenAI's specification, what is Ollama's own by its own. */
function conformerOf(own: typeof ollamaSpecification): VendorStandIn["conformer"] {
  if (!openaiSpecification) return null;
  return async () => {
    const below = await openaiSpecification();
    const native = own && (await own());
    return {
      check: async (arrived) => {
        if (arrived.path.startsWith("/v1/")) return below.check(arrived);
        return native ? native.check(arrived) : [];
      },
    };
  };
}

const tags = [
  { name: "qwen3-vl:8b", digest: "sha256:0123456789abcdef0123456789" },
  { name: "llama4:8b", digest: "sha256:fedcba9876543210fedcba9876" },
  { name: "nomic-embed-text:latest", digest: "sha256:00112233445566778899aabbcc" },
];
const ollamaStandIn: VendorStandIn = {
  ...ownServer(ollama, "http://ollama.test:11434", ({ path, body }) => {
    if (path === "/api/tags") return { models: tags };
    if (body.includes("nomic")) return { capabilities: ["embedding"] };
    return { capabilities: body.includes("-vl") ? ["completion", "vision"] : ["completion"] };
  }),
  requests: ownRequests("ollama:qwen3-vl:8b", "ollama:llama4:8b"),
  conformer: conformerOf(ollamaSpecification),
};

const keys = ["google/gemma-4-12b", "qwen/qwen4-9b"];
const lmstudioStandIn: VendorStandIn = {
  ...ownServer(lmstudio, "http://studio.test:1234", () => ({
    models: [
      ...keys.map((key, at) => ({
        type: "llm",
        key,
        display_name: at === 0 ? "Gemma 4 12B" : null,
        capabilities: { vision: at === 0, trained_for_tool_use: true },
      })),
      { type: "embedding", key: "nomic" },
    ],
  })),
  requests: ownRequests("lmstudio:google/gemma-4-12b", "lmstudio:qwen/qwen4-9b"),
  conformer: conformerOf(null),
};

const compatibleStandIn: VendorStandIn = {
  ...ownServer(compatible, "https://models.test:8443", () => ({
    object: "list",
    data: [
      { id: "Qwen/Qwen3-VL-8B@q4", object: "model", architecture: { input_modalities: ["image"] } },
      { id: "llama", object: "model", capabilities: 7 },
      { id: "a name with spaces", object: "model" },
    ],
  })),
  requests: ownRequests("compatible:Qwen/Qwen3-VL-8B@q4", "compatible:llama"),
  conformer: conformerOf(null),
};

describe.each([
  ["Ollama", ollamaStandIn],
  ["LM Studio", lmstudioStandIn],
  ["Another server", compatibleStandIn],
] as const)("%s", (_, vendor) => {
  describeProvider(vendor);

  test("gives a list out of prose, and says what was not looked at", async () => {
    const world = await openVendor(vendor);
    const result = await finish(vendor, world, vendor.requests[1]!);
    expect(result.outputs).toEqual([
      { kind: "text", text: "one" },
      { kind: "text", text: "two" },
    ]);
    expect(result.notes).toEqual([
      "2 references were not looked at: this model takes pictures alone, and only so many.",
    ]);
  });

  test("without an address has no models, and asks nobody", async () => {
    const provider = vendor.declaration.open({
      egress: null,
      clock: null,
      publicUrl: null,
      ownServer: null,
    } as never);
    await provider.refresh?.();
    expect(provider.models()).toEqual([]);
  });
});

const shown = async (vendor: VendorStandIn) =>
  (await openVendor(vendor)).provider
    .models()
    .map(({ id, title, inputs }) => [id, title, inputs["reference"] ?? 0]);

test("models are named as their server names them, and see where it says so", async () => {
  expect(await shown(ollamaStandIn)).toEqual([
    ["ollama:qwen3-vl:8b", "qwen3-vl:8b", 8],
    ["ollama:llama4:8b", "llama4:8b", 0],
  ]);
  expect(await shown(lmstudioStandIn)).toEqual([
    ["lmstudio:google/gemma-4-12b", "Gemma 4 12B", 8],
    ["lmstudio:qwen/qwen4-9b", "qwen/qwen4-9b", 0],
  ]);
  expect(await shown(compatibleStandIn)).toEqual([
    ["compatible:Qwen/Qwen3-VL-8B@q4", "Qwen/Qwen3-VL-8B@q4", 8],
    ["compatible:llama", "llama", 0],
  ]);
});

test("a schema goes where it is understood, and stands in the prompt elsewhere", async () => {
  const formats = async (vendor: VendorStandIn) => {
    const world = await openVendor(vendor);
    await finish(vendor, world, vendor.requests[1]!);
    const body = world.server.arrived.find((each) => isAsked(each))?.body ?? "";
    return [body.includes('"json_schema"'), body.includes("JSON alone")];
  };
  expect(await formats(ollamaStandIn)).toEqual([true, false]);
  expect(await formats(compatibleStandIn)).toEqual([false, true]);
});

describe("a key of another server", () => {
  const authorizations = async (key: { version: string; reveal: () => string } | null) => {
    const world = await openVendor(compatibleStandIn);
    const from = world.server.arrived.length;
    await world.provider.submit(world.call(compatibleStandIn.requests[0]!, { key }));
    const later = world.server.arrived.slice(from);
    return later.map(({ headers }: Arrived) => headers.authorization);
  };

  test("goes to it where there is one", async () => {
    const key = { version: "1", reveal: () => vendorSecret };
    expect(await authorizations(key)).toEqual([`Bearer ${vendorSecret}`]);
  });

  test("may be none", async () => {
    expect(await authorizations(null)).toEqual([undefined]);
  });
});

test("what Ollama's models can do is asked for once a file", async () => {
  const world = await openVendor(ollamaStandIn);
  const asks = () => world.server.arrived.filter(({ path }) => path === "/api/show").length;
  expect(asks()).toBe(3);
  world.clock.jump(31_000);
  await world.provider.refresh?.();
  expect(asks()).toBe(3);
});
