import { refuse } from "../errors.ts";
import { insertLayer, reflow, removeLayer } from "../model/edit.ts";
import { copyLayers } from "../model/copy-layers.ts";
import { ancestorOfType, contains, pageOf, type Layer } from "../model/layer.ts";
import { isInInstance, visibleDescendants, visibleRoute } from "../model/visible.ts";
import type { Method } from "./registry.ts";
import type { Session } from "./session.ts";

interface Criteria {
  readonly types?: readonly string[];
  readonly pluginData?: { readonly keys?: readonly string[] };
  readonly sharedPluginData?: { readonly namespace: string; readonly keys?: readonly string[] };
}

/** Finding, hanging, copying and removing layers. */
export const treeMethods: Readonly<Record<string, Method>> = {
  findAll: (session, layer) => below(session, layer, "findAll"),
  findOne: (session, layer) => below(session, layer, "findOne"),
  findChildren: (session, layer) => childrenOf(session, layer, "findChildren"),
  findChild: (session, layer) => childrenOf(session, layer, "findChild"),
  findAllWithCriteria: (session, layer, criteria: Criteria) =>
    below(session, layer, "findAllWithCriteria").filter((found) => meets(session, found, criteria)),
  appendChild: (session, parent, child: Layer) => hang(session, parent, child, "appendChild"),
  insertChild: (session, parent, index: number, child: Layer) => {
    const count = parent.children?.length ?? 0;
    const most = child.parent === parent ? count - 1 : count;
    if (index < 0 || index > count || !Number.isInteger(index))
      throw refuse("insertChild", `Index must be between 0 and ${count}, got ${index}`);
    hang(session, parent, child, "insertChild", Math.min(index, most));
  },
  remove: (session, layer) => {
    if (layer.type === "DOCUMENT") throw refuse("remove", "Removing this node is not allowed");
    if (layer.type === "PAGE" && session.document.pages.length === 1)
      throw refuse("remove", "Cannot remove the last page of the document");
    if (layer.parent !== null && isInInstance(layer.parent))
      throw refuse("remove", "Removing this node is not allowed");
    removeLayer(session.document, layer, session.switches.connectorAfterDelete);
  },
  clone: (session, layer) => clone(session, layer),
};

function below(session: Session, layer: Layer, operation: string): Layer[] {
  if (layer.type === "DOCUMENT" && !session.hasLoadedAllPages)
    throw refuse(
      operation,
      "Cannot call with documentAccess: dynamic-page without calling figma.loadAllPagesAsync() first.",
    );
  session.assertPageLoaded(layer, operation);
  return visibleDescendants(layer, session.state.get("skipInvisibleInstanceChildren") === true);
}

function childrenOf(session: Session, layer: Layer, member: string): Layer[] {
  session.assertPageLoaded(layer, member);
  return visibleRoute(layer, session.state.get("skipInvisibleInstanceChildren") === true);
}

function meets(session: Session, layer: Layer, criteria: Criteria): boolean {
  const { types, pluginData, sharedPluginData } = criteria;
  if (types !== undefined && !types.includes(layer.type)) return false;
  const hasEntry = (prefix: string, keys: readonly string[] | undefined): boolean =>
    keys === undefined
      ? [...layer.data.keys()].some((key) => key.startsWith(prefix))
      : keys.some((key) => layer.data.has(prefix + key));
  if (
    pluginData !== undefined &&
    !hasEntry(`private|${session.parts.manifest.id}|`, pluginData.keys)
  )
    return false;
  return (
    sharedPluginData === undefined ||
    hasEntry(`shared|${sharedPluginData.namespace}|`, sharedPluginData.keys)
  );
}

function hang(
  session: Session,
  parent: Layer,
  child: Layer,
  operation: string,
  index?: number,
): void {
  session.assertPageLoaded(parent, operation);
  const reason = whyNot(parent, child);
  if (reason !== null) throw refuse(operation, reason);
  insertLayer(session.document, child, parent, index);
}

/** The documented reasons against a parent (simulator.md 6.3, reparenting); null when it may be. */
function whyNot(parent: Layer, child: Layer): string | null {
  const isInComponent =
    ["COMPONENT", "COMPONENT_SET"].includes(parent.type) ||
    ancestorOfType(parent, "COMPONENT", "COMPONENT_SET") !== null;
  if (child.type === "DOCUMENT") return "The document node cannot be moved";
  if (parent.type === "DOCUMENT")
    return child.type === "PAGE" ? null : "The root node can only contain pages";
  if (child.type === "PAGE") return "Pages can only be children of the document";
  if (contains(child, parent))
    return "A node cannot be its own ancestor: this would create a cycle";
  if (parent.values["isPageDivider"] === true) return "Page dividers cannot have children";
  if (isInInstance(parent))
    return "Cannot move node. New parent is an instance or is inside of an instance";
  if (child.parent !== null && isInInstance(child.parent))
    return "Cannot move node. Node is inside of an instance";
  if (child.type === "COMPONENT" && isInComponent && parent.type !== "COMPONENT_SET")
    return "Cannot move node. A component cannot be inside another component";
  if (parent.type === "COMPONENT_SET" && child.type !== "COMPONENT")
    return "Cannot move node. A component set can only contain components";
  if (child.type === "SECTION" && !["PAGE", "SECTION"].includes(parent.type))
    return "Cannot move node. A section can only be inside a page or a section";
  if (child.type === "CONNECTOR" && parent.type === "GROUP")
    return "Cannot move node. A connector cannot be grouped";
  return null;
}

function clone(session: Session, layer: Layer): Layer {
  const { document } = session;
  if (layer.type === "CONNECTOR" && document.editor === "figma")
    throw refuse("clone", "Cloning CONNECTOR nodes is not supported in the current editor");
  const [copy] = copyLayers(document, [layer], {
    carriesPluginData: session.switches.copiesCarryPluginData,
  });
  if (copy === undefined) throw refuse("clone", "Cannot clone this node");
  const parent = layer.type === "PAGE" ? document.root : session.person.page;
  document.place(copy, parent);
  reflow(document, parent);
  if (layer.type === "PAGE" && pageOf(copy) !== null) session.loadPage(copy);
  return copy;
}
