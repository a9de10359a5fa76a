/** The manifest of the probe plugin; run from a local manifest in Figma Design and in FigJam. */
export const probeManifest = {
  name: "Stand-in probe",
  id: "stand-in-probe",
  api: "1.0.0",
  main: "main.js",
  editorType: ["figma", "figjam"],
  documentAccess: "dynamic-page",
  networkAccess: { allowedDomains: ["none"] },
} as const;

/**
 * The probe's main code. It asks a real Figma, in a scratch file, everything the stand-in is not
 * sure of, and prints one line of JSON: question → what happened. It removes what it made. Keys
 * are ids of rules.ts, with a dot and a detail where a rule has several questions.
 */
export const probeCode = `"use strict";
const answers = { editor: figma.editorType };
const made = [];
const keep = (layer) => { made.push(layer); return layer; };
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const tell = (work) => { try { const value = work(); return value === undefined ? "no error" : value; } catch (error) { return "threw: " + error.message; } };
const tellLater = async (work) => { try { const value = await work(); return value === undefined ? "no error" : value; } catch (error) { return "rejected: " + error.message; } };
const ask = (question, work) => { answers[question] = tell(work); };
const askLater = async (question, work) => { answers[question] = await tellLater(work); };
const sloppy = new Function("layer", "member", "value", "layer[member] = value");

async function questions() {
  const box = keep(figma.createRectangle());
  ask("unknown-member-write.strict", () => { box.colour = 1; });
  ask("unknown-member-write.sloppy", () => sloppy(box, "colour", 1));
  ask("unknown-member-write.figma", () => { figma.colour = 1; });
  ask("readonly-write.strict", () => { box.id = "9:9"; });
  ask("readonly-write.sloppy", () => sloppy(box, "id", "9:9"));
  ask("unknown-member-read", () => String(box.characters));
  ask("same-layer-same-object", () => figma.currentPage.children.includes(box));
  ask("fresh-frozen-reads", () => { box.fills.push(1); });
  ask("resize-least", () => box.resize(0, 10));
  ask("wrong-editor.createSticky", () => typeof figma.createSticky);
  ask("wrong-editor.createConnector", () => typeof figma.createConnector);
  ask("no-pages-in-figjam", () => typeof figma.createPage);
  ask("globals", () => ["URL", "TextEncoder", "atob", "structuredClone", "queueMicrotask", "Intl", "crypto", "performance", "AbortController", "WebAssembly"].filter((name) => name in globalThis));
  ask("plugin-data-limit", () => box.setPluginData("probe", "x".repeat(100000)));
  ask("plugin-data-limit.kept", () => box.getPluginData("probe").length);
  ask("plugin-data-private.namespace", () => box.setSharedPluginData("ab", "key", "value"));
  box.setSharedPluginData("probe", "self", box.id);
  const copy = keep(box.clone());
  ask("copies-carry-data", () => copy.getSharedPluginData("probe", "self") === box.id);
  await askLater("video.createVideoAsync", () => figma.createVideoAsync(new Uint8Array(16)));
  ask("image-types.empty", () => figma.createImage(new Uint8Array()).hash);
  await askLater("unknown-font", () => figma.loadFontAsync({ family: "Nothing Of The Kind", style: "Regular" }));
  ask("section-size", () => { const section = keep(figma.createSection()); return [section.width, section.height, section.fills.length]; });
  ask("removed-layer", () => { const gone = figma.createRectangle(); gone.remove(); return gone.name; });
  ask("removed-layer.write", () => { const gone = figma.createRectangle(); gone.remove(); gone.name = "x"; });
  ask("removed-layer.twice", () => { const gone = figma.createRectangle(); gone.remove(); gone.remove(); });
  await askEvents(box);
  if (typeof figma.createConnector === "function") await askConnectors();
  await askUndo();
}

async function askEvents(box) {
  const heard = [];
  const startedAt = Date.now();
  const hear = (event) => heard.push([Date.now() - startedAt, event.nodeChanges.map((change) => [change.type, change.origin, change.id === box.id ? (change.properties || []).join() : "other"])]);
  figma.currentPage.on("nodechange", hear);
  box.name = "probe 1";
  box.name = "probe 1";
  box.setSharedPluginData("probe", "event", "1");
  await wait(2000);
  answers["changes-batched"] = heard.map((batch) => batch[0]);
  answers["shared-data-event"] = heard.some((batch) => batch[1].some((change) => String(change[2]).includes("pluginData")));
  answers["own-writes-return"] = heard.some((batch) => batch[1].some((change) => change[1] === "LOCAL"));
  figma.currentPage.off("nodechange", hear);
  const order = [];
  await Promise.all(["a", "b", "c", "d"].map((name) => figma.clientStorage.getAsync(name).then(() => order.push(name))));
  answers["promises-later"] = order.join("");
}

async function askConnectors() {
  const [first, second] = [keep(figma.createSticky()), keep(figma.createSticky())];
  second.x = 600;
  const line = keep(figma.createConnector());
  ask("connector-default", () => [line.width, line.connectorLineType, line.connectorStartStrokeCap, line.connectorEndStrokeCap, JSON.stringify(line.text.fontName)]);
  ask("free-end", () => JSON.stringify(line.connectorStart));
  line.connectorStart = { endpointNodeId: first.id, magnet: "AUTO" };
  ask("connector-ends.self", () => { line.connectorEnd = { endpointNodeId: first.id, magnet: "AUTO" }; });
  line.connectorEnd = { endpointNodeId: second.id, magnet: "AUTO" };
  ask("connector-ends.center", () => { line.connectorEnd = { endpointNodeId: second.id, magnet: "CENTER" }; });
  ask("connector-ends.straight", () => { line.connectorLineType = "STRAIGHT"; return JSON.stringify(line.connectorEnd); });
  ask("connector-ends.page", () => { line.connectorStart = { endpointNodeId: figma.currentPage.id, magnet: "AUTO" }; return JSON.stringify(line.connectorStart); });
  ask("connector-clone", () => keep(line.clone()).type);
  ask("connector-group", () => keep(figma.group([line], figma.currentPage)).type);
  second.remove();
  await wait(500);
  ask("end-after-delete", () => JSON.stringify(line.connectorEnd));
}

async function askUndo() {
  figma.commitUndo();
  const layer = keep(figma.createRectangle());
  layer.setPluginData("probe", "before");
  figma.commitUndo();
  layer.setPluginData("probe", "after");
  figma.commitUndo();
  figma.triggerUndo();
  await wait(500);
  ask("undo-is-own.data", () => layer.removed ? "removed" : layer.getPluginData("probe"));
}

(async () => {
  try { await questions(); } catch (error) { answers.stopped = error.message; }
  for (const layer of made) if (!layer.removed) layer.remove();
  figma.showUI("<p>early</p>", { visible: false });
  answers["early-messages"] = tell(() => figma.ui.postMessage("early"));
  console.log(JSON.stringify(answers));
  figma.closePlugin("Copy the line of JSON from the console.");
  answers["close-ends"] = tell(() => figma.currentPage.name);
  console.log(JSON.stringify({ "close-ends": answers["close-ends"] }));
})();
`;
