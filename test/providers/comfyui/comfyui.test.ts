import { describe, expect, test } from "vitest";
import { imageRequest } from "../request-parts.ts";
import { failureOf } from "../vendor-world.ts";
import { openWorkflow, request, using } from "./comfy-world.ts";

describe("ComfyUI runs a workflow", () => {
  test("filled with what was asked, under an id of ours, and gives what its node kept", async () => {
    const { ui, comfy, call } = await openWorkflow();
    const submission = await ui.provider.submit(call(request));
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const id = "01234567-89ab-cdef-0123-456789abcdef";
    expect(comfy.submitted.get(id)).toMatchObject({
      prompt: {
        "2": { inputs: { text: "a dog" } },
        "3": { inputs: { text: "ugly" } },
        "4": { inputs: { seed: 42, steps: 30, cfg: 6.5, model: ["1", 0] } },
        "5": { inputs: { image: `spaces/${"ab".repeat(16)}.png` } },
      },
    });
    expect(await ui.provider.poll!(submission.handle, using)).toEqual({
      kind: "running",
      done: null,
    });
    comfy.finish("8");
    const standing = await ui.provider.poll!(submission.handle, using);
    expect(standing).toMatchObject({ kind: "done", result: { notes: [], billedMicroDollars: 0 } });
    expect(standing.kind === "done" && standing.result.outputs.length).toBe(1);
  });

  test("and one whose answer was lost is found again, waiting or done, with the same result", async () => {
    const { ui, comfy, call } = await openWorkflow();
    expect(await ui.provider.lookUp!(call(request).reference, using)).toBeNull();
    await ui.provider.submit(call(request));
    const found = await ui.provider.lookUp!(call(request).reference, using);
    comfy.finish("8");
    const later = await ui.provider.lookUp!(call(request).reference, using);
    expect(later).toEqual(found);
    if (found?.kind !== "accepted") throw new Error("It was not found.");
    const standing = await ui.provider.poll!(found.handle, using);
    expect(standing.kind === "done" && standing.result.outputs.length).toBe(1);
  });

  test("keeps its own text and file where nothing is connected, and says so", async () => {
    const { ui, comfy, call } = await openWorkflow();
    const submission = await ui.provider.submit(call(imageRequest({}, { prompt: "" })));
    comfy.finish("8");
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const standing = await ui.provider.poll!(submission.handle, using);
    expect(standing).toMatchObject({
      result: {
        notes: [
          '"2 text" kept the workflow\'s own text.',
          '"5 image" kept the workflow\'s own file.',
        ],
      },
    });
  });

  test("is stopped for nothing", async () => {
    const { ui, comfy, call } = await openWorkflow();
    const submission = await ui.provider.submit(call(request));
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    expect(await ui.provider.cancel!(submission.handle, using)).toBe(true);
    expect(comfy.waiting.size).toBe(0);
  });
});

describe("ComfyUI in trouble", () => {
  test("refuses a workflow: its own words of the node at fault", async () => {
    const { ui, comfy, call } = await openWorkflow();
    comfy.refuse = {
      status: 400,
      body: {
        error: {
          type: "prompt_outputs_failed_validation",
          message: "Prompt outputs failed",
          details: "",
        },
        node_errors: {
          "4": {
            class_type: "KSampler",
            errors: [{ type: "value_not_in_list", message: "Value not in list", details: "steps" }],
          },
        },
      },
    };
    const failure = await failureOf(ui.provider.submit(call(request)));
    expect(failure.failure.code).toBe("provider-refused");
    expect(failure.failure.message).toContain("KSampler: Value not in list (steps)");
    expect(failure.outcome).toBe("not-billed");
  });

  test("breaks down in the middle: what it said, and that it cost nothing", async () => {
    const { ui, comfy, call } = await openWorkflow();
    const submission = await ui.provider.submit(call(request));
    comfy.finish("8", "error");
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const failure = await failureOf(ui.provider.poll!(submission.handle, using));
    expect(failure.failure.message).toContain("KSampler: Out of memory");
    expect([failure.failure.isRetryable, failure.outcome]).toEqual([false, "not-billed"]);
  });

  test("was restarted and knows the job no more", async () => {
    const { ui, comfy, call } = await openWorkflow();
    const submission = await ui.provider.submit(call(request));
    comfy.restart();
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const failure = await failureOf(ui.provider.poll!(submission.handle, using));
    expect(failure.failure.message).toContain("restarted");
  });

  test("is gone for a moment: asking again may help", async () => {
    const { ui, server, call } = await openWorkflow();
    const submission = await ui.provider.submit(call(request));
    await server.close();
    if (submission.kind !== "accepted") throw new Error("It was not accepted.");
    const failure = await failureOf(ui.provider.poll!(submission.handle, using));
    expect(failure.failure.isRetryable).toBe(true);
  });

  test("was asked for a workflow that was removed", async () => {
    const { ui, call } = await openWorkflow();
    const failure = await failureOf(ui.provider.submit({ ...call(request), model: "comfyui:w2" }));
    expect(failure.failure.message).toContain("was removed");
  });
});
