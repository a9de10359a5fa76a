import { expect } from "vitest";
import { ruleTest, tryPlugin } from "./try-plugin.ts";

ruleTest("connector-ends", async () => {
  const { reported } = await tryPlugin(
    `const line = figma.createConnector(), a = figma.createSticky(), b = figma.createSticky(); const to = (id, magnet = "AUTO") => ({ endpointNodeId: id, magnet });
    line.connectorStart = to(a.id); report(attempt(() => { line.connectorEnd = to(a.id) }));
    b.visible = false; report(attempt(() => { line.connectorEnd = to(b.id) })); b.visible = true; b.locked = true; report(attempt(() => { line.connectorEnd = to(b.id) })); b.locked = false;
    report(attempt(() => { line.connectorEnd = to("99:99") })); report(attempt(() => { line.connectorEnd = to("I1:2;3:4") })); report(attempt(() => { line.connectorEnd = to(b.id, "CENTER") }).slice(0, 60));
    report(attempt(() => { line.connectorEnd = { magnet: "AUTO" } }).slice(0, 75)); line.connectorEnd = to(figma.currentPage.id); line.connectorEnd = to(b.id);
    report([line.connectorEnd, a.attachedConnectors[0] === line, b.attachedConnectors.length]);
    line.connectorLineType = "STRAIGHT"; report(attempt(() => { line.connectorEnd = to(b.id) }).slice(0, 62)); line.connectorEnd = { position: { x: 5, y: 6 } }; report(line.connectorEnd);`,
    { editor: "figjam" },
  );
  const refused = "in set_connectorEnd: Connecting to this node type is not supported";
  expect(reported).toEqual(
    [
      "in set_connectorEnd: Cannot connect a node to itself",
      refused,
      refused,
      "in set_connectorEnd: Invalid endpointNodeId",
      "in set_connectorEnd: Invalid endpointNodeId",
      "in set_connectorEnd: Elbowed connectors do not support the m",
      'in set_connectorEnd: Property "connectorEnd" failed validation: Invalid inpu',
      [{ endpointNodeId: expect.any(String) as string, magnet: "AUTO" }, true, 1],
      "in set_connectorEnd: Straight connectors only support magnets ",
      { position: { x: 5, y: 6 } },
    ].map((value) =>
      typeof value === "string" && value.endsWith("inpu") ? value.slice(0, 75) : value,
    ),
  );
});

ruleTest("connector-clone", async () => {
  const { reported, standIn } = await tryPlugin(`report(figma.createConnector().clone().type)`, {
    editor: "figjam",
  });
  expect(reported).toEqual(["CONNECTOR"]);
  expect(standIn.document.pages[0]?.children).toHaveLength(2);
  const document = {
    document: {
      id: "0:0",
      type: "DOCUMENT",
      children: [
        {
          id: "0:1",
          type: "CANVAS",
          name: "Page",
          children: [
            {
              id: "1:2",
              type: "CONNECTOR",
              name: "Pasted",
              connectorLineType: "ELBOWED",
              connectorStart: { endpointNodeId: "0:1", position: { x: 0, y: 0 } },
              connectorEnd: { endpointNodeId: "0:1", position: { x: 9, y: 9 } },
              absoluteBoundingBox: { x: 0, y: 0, width: 9, height: 9 },
            },
          ],
        },
      ],
    },
  };
  const design = await tryPlugin(
    `const [line] = figma.currentPage.children; report(attempt(() => line.clone())); const box = figma.createFrame(); line.connectorStart = { endpointNodeId: box.id, magnet: "AUTO" }; report(line.connectorStart.magnet);`,
    { document },
  );
  expect(design.reported).toEqual([
    "in clone: Cloning CONNECTOR nodes is not supported in the current editor",
    "AUTO",
  ]);
});

ruleTest("connector-group", async () => {
  const { reported } = await tryPlugin(
    `report(attempt(() => figma.group([figma.createConnector()], figma.currentPage)))`,
    { editor: "figjam" },
  );
  expect(reported).toEqual(["in group: Connectors cannot be grouped"]);
});

ruleTest("connector-default", async () => {
  const { reported } = await tryPlugin(
    `const line = figma.createConnector(); report([line.width, line.connectorLineType, line.connectorStartStrokeCap, line.connectorEndStrokeCap]);`,
    { editor: "figjam" },
  );
  expect(reported).toEqual([[200, "ELBOWED", "NONE", "ARROW_LINES"]]);
});

ruleTest("free-end", async () => {
  const code = `const [line] = figma.currentPage.children; report(line.connectorStart); report(line.connectorEnd.magnet);`;
  for (const [freeConnectorEnd, expected] of [
    ["position", { position: { x: 3, y: 4 } }],
    ["page-and-position", { endpointNodeId: "0:1", position: { x: 3, y: 4 } }],
  ] as const) {
    const { standIn } = await tryPlugin("", { editor: "figjam", switches: { freeConnectorEnd } });
    standIn.user.drawConnector({ x: 3, y: 4 }, standIn.user.addSticky("there", { x: 500, y: 0 }));
    const sticky = standIn.document.pages[0]?.children?.[0];
    if (sticky !== undefined) standIn.user.putInto(sticky, "0:1");
    expect((await tryPlugin(code, { on: standIn })).reported).toEqual([expected, "AUTO"]);
  }
});

ruleTest("end-after-delete", async () => {
  const code = `const line = figma.currentPage.findAllWithCriteria({ types: ["CONNECTOR"] })[0]; report(Object.keys(line.connectorEnd).sort());
    if (line.connectorEnd.endpointNodeId) report(await figma.getNodeByIdAsync(line.connectorEnd.endpointNodeId));`;
  for (const [connectorAfterDelete, expected] of [
    ["free", [["position"]]],
    ["dead-id", [["endpointNodeId", "magnet"], null]],
  ] as const) {
    const { standIn } = await tryPlugin("", {
      editor: "figjam",
      switches: { connectorAfterDelete },
    });
    const sticky = standIn.user.addSticky("going");
    standIn.user.drawConnector({ x: -300, y: 0 }, sticky);
    standIn.user.delete(sticky);
    expect((await tryPlugin(code, { on: standIn })).reported).toEqual(expected);
    standIn.user.undo();
    expect((await tryPlugin(code, { on: standIn })).reported[0]).toEqual([
      "endpointNodeId",
      "magnet",
    ]);
  }
});
