import { refuse, SimUnsupported } from "../errors.ts";
import { reflow, resizeLayer } from "../model/edit.ts";
import { copyLayers } from "../model/copy-layers.ts";
import { ancestorOfType, isRemoved, type Layer } from "../model/layer.ts";
import { dataMethods } from "./data-members.ts";
import type { Method } from "./registry.ts";
import type { Session } from "./session.ts";
import { tableMethods } from "./table-members.ts";
import { treeMethods } from "./tree-methods.ts";
import type { PluginFunction } from "./values.ts";

/** The methods of layers. */
export const layerMethods: Readonly<Record<string, Method>> = {
  ...treeMethods,
  ...dataMethods,
  ...tableMethods,
  toString: (_session: Session, layer: Layer) => `[Node ${layer.id}]`,
  resize: (session, layer, width: number, height: number) =>
    resize(session, layer, "resize", width, height),
  resizeWithoutConstraints: (session, layer, width: number, height: number) =>
    resize(session, layer, "resizeWithoutConstraints", width, height),
  exportAsync: (session, layer, settings?: Record<string, unknown>) => {
    session.assertPageLoaded(layer, "exportAsync");
    return session.later(() => session.outside.exportLayer(layer, settings ?? { format: "PNG" }));
  },
  getTopLevelFrame: (session, layer) => {
    if (session.document.editor !== "figma")
      throw refuse("getTopLevelFrame", "This function is only available in Figma Design");
    return topLevelFrame(layer);
  },
  loadAsync: (session, page) => session.later(() => session.loadPage(page)),
  on: (session, page, event: string, callback: PluginFunction) =>
    listen(session, page, event, callback, false),
  once: (session, page, event: string, callback: PluginFunction) =>
    listen(session, page, event, callback, true),
  off: (session, page, event: string, callback: PluginFunction) =>
    session.events.off(event, callback, page.id),
  setReactionsAsync: setLater("reactions"),
  setVectorNetworkAsync: (session, layer, network: unknown) =>
    session.later(() => session.edit(() => setVectorNetwork(session, layer, network as Network))),
  setFillsAsync: setLater("fills"),
  setStrokesAsync: setLater("strokes"),
  createInstance: (session, component) => createInstance(session, component),
  getMainComponentAsync: (session, layer) =>
    session.later(() => session.document.layer(String(layer.values["mainComponentId"]))),
  getInstancesAsync: (session, layer) => session.later(() => instancesOf(session, layer)),
  getAuthorAsync: (session) => {
    if (session.parts.manifest.permissions?.includes("fileusers") !== true)
      throw refuse(
        "getAuthorAsync",
        '"fileusers" must be specified in the permissions array in manifest.json',
      );
    return session.later(() => null);
  },
};

function setLater(member: string): Method {
  return (session, layer, value: unknown) =>
    session.later(() => {
      if (isRemoved(layer))
        throw refuse(`set_${member}`, `The node with id "${layer.id}" does not exist`);
      session.edit(() => session.document.write(layer, member, value));
    });
}

function resize(
  session: Session,
  layer: Layer,
  operation: string,
  width: number,
  height: number,
): void {
  if (layer.type === "LINE" && height !== 0)
    throw refuse(operation, 'Expected "height" to be 0 for lines');
  const least = layer.type === "LINE" ? 0 : 0.01;
  if (!(width >= 0.01)) throw refuse(operation, 'Expected "width" to have value >= 0.01');
  if (!(height >= least)) throw refuse(operation, 'Expected "height" to have value >= 0.01');
  resizeLayer(session.document, layer, width, height, operation === "resize");
  if (layer.type === "VECTOR") scaleNetwork(session, layer, width, height);
}

function scaleNetwork(session: Session, layer: Layer, width: number, height: number): void {
  const network = layer.values["vectorNetwork"] as Network;
  const [oldWidth, oldHeight] = [
    Math.max(0, ...network.vertices.map(({ x }) => x)),
    Math.max(0, ...network.vertices.map(({ y }) => y)),
  ];
  const vertices = network.vertices.map((vertex) => ({
    ...vertex,
    x: (vertex.x * width) / (oldWidth || width),
    y: (vertex.y * height) / (oldHeight || height),
  }));
  session.document.write(layer, "vectorNetwork", { ...network, vertices });
}

interface Network {
  readonly vertices: readonly { readonly x: number; readonly y: number }[];
  readonly segments: readonly { readonly start: number; readonly end: number }[];
  readonly regions?: readonly unknown[];
}

/** The box follows the vertices; like Figma, vertices stay where they are on the page. */
function setVectorNetwork(session: Session, layer: Layer, network: Network): void {
  for (const { start, end } of network.segments)
    for (const index of [start, end])
      if (!Number.isInteger(index) || index < 0 || index >= network.vertices.length)
        throw refuse(
          "setVectorNetworkAsync",
          `Segment refers to a vertex that does not exist: ${index}`,
        );
  const left = Math.min(0, ...network.vertices.map(({ x }) => x));
  const top = Math.min(0, ...network.vertices.map(({ y }) => y));
  if (left < 0 || top < 0)
    throw new SimUnsupported(
      "setVectorNetworkAsync",
      "with vertices left of or above the origin is not modelled by the stand-in",
    );
  const { document } = session;
  document.write(layer, "vectorNetwork", { regions: [], ...network });
  document.write(layer, "width", Math.max(0, ...network.vertices.map(({ x }) => x)));
  document.write(layer, "height", Math.max(0, ...network.vertices.map(({ y }) => y)));
  if (layer.parent !== null) reflow(document, layer.parent);
}

function listen(
  session: Session,
  page: Layer,
  event: string,
  callback: PluginFunction,
  isOnce: boolean,
): void {
  session.assertPageLoaded(page, "on");
  session.events.on(event, callback, isOnce, page.id);
}

function topLevelFrame(layer: Layer): Layer | undefined {
  let found: Layer | undefined;
  for (let current: Layer | null = layer; current !== null; current = current.parent)
    if (current.type === "FRAME") found = current;
  return found;
}

function createInstance(session: Session, component: Layer): Layer {
  const { document } = session;
  const id = document.newId();
  const instance = document.add(id, "INSTANCE", {
    ...structuredClone(component.values),
    scaleFactor: 1,
    overrides: [],
    mainComponentId: component.id,
  });
  const copies = copyLayers(document, component.children ?? [], {
    carriesPluginData: session.switches.copiesCarryPluginData,
    idOf: (original) => `I${id};${original.id.replace(/^I/, "")}`,
  });
  for (const copy of copies) {
    copy.parent = instance;
    instance.children?.push(copy);
  }
  document.place(instance, session.person.page);
  return instance;
}

function instancesOf(session: Session, component: Layer): Layer[] {
  return [...session.document.layers.values()].filter(
    (layer) =>
      layer.type === "INSTANCE" &&
      layer.values["mainComponentId"] === component.id &&
      !isRemoved(layer) &&
      ancestorOfType(layer, "DOCUMENT") !== null,
  );
}
