import { onTestFinished, describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { openFaultServer } from "../../helpers/fault-server.ts";
import { openKeyRelay } from "../../helpers/open-key-relay.ts";
import { ComfyStandIn } from "../../providers/comfyui/comfy-stand-in.ts";

const workflow = {
  "1": { class_type: "CLIPTextEncode", inputs: { text: "a cat" } },
  "2": { class_type: "KSampler", inputs: { seed: 1, steps: 20, positive: ["1", 0] } },
  "3": { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "x" } },
};
const inputs = [
  { node: "1", input: "text", label: "Prompt", role: "prompt" as const },
  { node: "2", input: "steps", label: "Steps", role: "setting" as const },
];
const use = { id: null, workflow, title: "Mine", inputs, output: "3" };

async function open(isThere = true) {
  const comfy = new ComfyStandIn();
  comfy.info = { CLIPTextEncode: {}, KSampler: {}, SaveImage: { output_node: true } };
  const server = await openFaultServer(comfy.behave);
  const relay = await openKeyRelay({ comfyUiOrigin: isThere ? server.origin : null });
  onTestFinished(async () => {
    await relay.stop();
    await relay.remove();
    await server.close();
  });
  return { comfy, relay };
}

describe("the routes of workflows", () => {
  test("read one, keep it, offer it as a model that runs, and take it away", async () => {
    const { comfy, relay } = await open();
    const { client } = relay;
    const read = await client.call("workflowRead", { body: { workflow } });
    expect(read.outputs).toEqual([{ node: "3", label: "SaveImage", kind: "image" }]);
    const saved = await client.call("workflowSave", { body: use });
    const { models } = await client.call("models", { body: undefined });
    const model = models.find(({ id }) => id === `comfyui:${saved.id}`);
    expect(model).toMatchObject({ title: "Mine", task: "image", unavailable: null });

    const graph: Graph = {
      nodes: [
        {
          id: "i",
          type: "image-generator",
          title: "I",
          model: `comfyui:${saved.id}`,
          settings: { prompt: "a dog", "2.steps": 8 },
          isLocked: false,
        },
      ],
      connections: [],
    };
    const request = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: false };
    const quote = await client.call("quote", { body: request });
    expect([quote.issues, quote.credits]).toEqual([[], 0]);
    const headers = { "idempotency-key": "press-1-2345" };
    const { id } = await client.call("runStart", {
      headers,
      body: { ...request, quote: quote.id },
    });
    await expect.poll(() => comfy.submitted.size).toBe(1);
    comfy.finish("3");
    const told = await (await relay.ask(`/v1/runs/${id}/events`)).text();
    expect(told).toContain('"type":"node-end"');
    expect([...comfy.submitted.values()]).toMatchObject([
      { prompt: { "1": { inputs: { text: "a dog" } }, "2": { inputs: { steps: 8 } } } },
    ]);

    await client.call("workflowRemove", { path: { workflow: saved.id }, body: {} });
    const after = await client.call("quote", { body: { ...request, isAgain: true } });
    expect(after.issues.map(({ code }) => code)).toContain("model-unknown");
    expect((await client.call("workflows", { body: undefined })).workflows).toEqual([]);
  });

  test("keep one though no ComfyUI is named, and say what is missing", async () => {
    const { relay } = await open(false);
    const saved = await relay.client.call("workflowSave", { body: use });
    const { models } = await relay.client.call("models", { body: undefined });
    const model = models.find(({ id }) => id === `comfyui:${saved.id}`);
    expect(model?.unavailable).toContain("SPACES_COMFYUI_URL");
    const told = await relay.client.call("workflows", { body: undefined });
    expect(told.unavailable).toBe(model?.unavailable);
  });

  test("refuse an id that none of ours is, which no model could have", async () => {
    const { relay } = await open();
    const refused = relay.client.call("workflowSave", { body: { ...use, id: "two words" } });
    await expect(refused).rejects.toMatchObject({ code: "request-invalid" });
    const { models } = await relay.client.call("models", { body: undefined });
    expect(models.map(({ provider }) => provider)).not.toContain("comfyui");
  });

  test("keep one whose names were cut in the middle of a picture sign", async () => {
    const { relay } = await open();
    const _meta = { title: `${"x".repeat(119)}\u{1F3AD}` };
    const signed = { ...workflow, "1": { ...workflow["1"], _meta } };
    const { inputs: found } = await relay.client.call("workflowRead", {
      body: { workflow: signed },
    });
    const bound = found.map(({ node, input, label }) => ({
      ...{ node, input, label },
      role: "setting" as const,
    }));
    const saved = await relay.client.call("workflowSave", {
      body: { ...use, workflow: signed, inputs: bound },
    });
    expect(saved.title).toBe("Mine");
  });

  test.each([
    [{ ...use, workflow: { nodes: [], links: [] } }],
    [{ ...use, workflow: [] }],
    [{ ...use, output: "9" }],
    [{ ...use, inputs: [{ ...inputs[0]!, node: "9" }] }],
  ])("refuse what cannot be used, in a sentence", async (body) => {
    const { relay } = await open();
    const refused = relay.client.call("workflowSave", { body });
    await expect(refused).rejects.toMatchObject({ code: "request-invalid" });
    await expect(refused).rejects.toThrow(/^[A-Z].*\.$/);
  });
});
