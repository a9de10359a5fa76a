import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { layer, nodeRecord } from "../../helpers/build-board.ts";
import { openFaultServer, type FaultServer } from "../../helpers/fault-server.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";
import { ComfyStandIn } from "../../providers/comfyui/comfy-stand-in.ts";
import { FakeCanvas } from "./fake-canvas.ts";
import {
  closeTestSessions,
  offerPairing,
  openTestSession,
  type TestSession,
} from "./open-test-session.ts";

let comfy: ComfyStandIn;
let server: FaultServer;
let relay: TestRelay;
let session: TestSession;
beforeEach(async () => {
  comfy = new ComfyStandIn();
  comfy.info = { CLIPTextEncode: {}, KSampler: {}, SaveImage: { output_node: true } };
  server = await openFaultServer(comfy.behave);
  relay = await openTestRelay([], undefined, null, 0, { comfyUiOrigin: server.origin });
  const record = nodeRecord("a", "image-generator", { params: { prompt: "a dog" } });
  const canvas = new FakeCanvas(layer("a", "SECTION", { name: "a", records: { node: record } }));
  await offerPairing(canvas, relay);
  session = openTestSession(canvas);
  await session.until(({ connection }) => connection.kind === "paired");
  canvas.select("a");
  await session.node(({ models }) => models.length > 0);
});
afterEach(async () => {
  closeTestSessions();
  await relay.close();
  await server.close();
});

const workflow = {
  "1": { class_type: "CLIPTextEncode", inputs: { text: "a cat" } },
  "2": { class_type: "KSampler", inputs: { seed: 1, steps: 20, positive: ["1", 0] } },
  "3": { class_type: "SaveImage", inputs: { images: ["2", 0] } },
};
const fileOf = (value: unknown, name = "Oil portrait.json") =>
  new File([JSON.stringify(value)], name);
const draftOf = () => session.view.peek().workflows.draft;

describe("a workflow of the team's own", () => {
  it("is chosen from a file, kept, and then among the models of its nodes", async () => {
    session.actions.openWorkflow(fileOf(workflow));
    const { workflows } = await session.until((view) => view.workflows.draft !== null);
    expect(workflows.draft).toMatchObject({
      title: "Oil portrait",
      output: "3",
      roles: ["prompt", "seed", "fixed"],
    });
    session.actions.changeWorkflow({ roles: ["prompt", "seed", "setting"], title: "Oil" });
    session.actions.keepWorkflow();
    await session.until((view) => view.workflows.list.length === 1);
    expect(draftOf()).toBeNull();
    const { models } = await session.node((node) =>
      node.models.some(({ provider }) => provider === "comfyui"),
    );
    const own = models.find(({ provider }) => provider === "comfyui");
    expect(own).toMatchObject({ title: "Oil", unfit: null });

    session.actions.setModel("a", own!.id);
    const { fields } = await session.node((node) =>
      node.fields.some(({ name }) => name === "2.steps"),
    );
    expect(fields.map(({ name }) => name)).toContain("2.steps");

    session.actions.removeWorkflow(session.view.peek().workflows.list[0]!.id);
    await session.until((view) => view.workflows.list.length === 0);
    await session.node((node) => node.problems.some((each) => each.includes("is not known here")));
  });

  it("that cannot be used is refused in a sentence, and nothing is opened", async () => {
    for (const [value, sentence] of [
      [{ nodes: [], links: [] }, "Export (API)"],
      [{ "1": { class_type: "CLIPTextEncode", inputs: {} } }, "keeps a result"],
      [null, "holds no JSON"],
    ] as const) {
      session.actions.openWorkflow(fileOf(value));
      await session.until(({ notices }) => notices.some(({ text }) => text.includes(sentence)));
      expect(draftOf()).toBeNull();
    }
  });

  it("is put away without being kept", async () => {
    session.actions.openWorkflow(fileOf(workflow));
    await session.until((view) => view.workflows.draft !== null);
    session.actions.closeWorkflow();
    await session.until((view) => view.workflows.draft === null);
    expect(session.view.peek().workflows.list).toEqual([]);
  });
});
