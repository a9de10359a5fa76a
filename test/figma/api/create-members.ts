import { FigmaError, refuse } from "../errors.ts";
import { addCells } from "./table-members.ts";
import { defaultsOf } from "../model/defaults.ts";
import { insertLayer, reflow } from "../model/edit.ts";
import { absoluteTransform, identity, invert, multiply } from "../model/geometry.ts";
import { contains, isRemoved, type Layer } from "../model/layer.ts";
import type { Session } from "./session.ts";
import { Handle } from "./values.ts";

type Create = (session: Session, id: string, ...args: never[]) => unknown;

/** Method of `figma` → type of layer it makes on the current page. */
const plain: Readonly<Record<string, string>> = {
  createRectangle: "RECTANGLE",
  createLine: "LINE",
  createEllipse: "ELLIPSE",
  createPolygon: "POLYGON",
  createStar: "STAR",
  createVector: "VECTOR",
  createText: "TEXT",
  createFrame: "FRAME",
  createSlice: "SLICE",
  createComponent: "COMPONENT",
  createSection: "SECTION",
  createSticky: "STICKY",
  createShapeWithText: "SHAPE_WITH_TEXT",
  createConnector: "CONNECTOR",
  createCodeBlock: "CODE_BLOCK",
};

/** What `figma.create…`, `group` and `ungroup` do. */
export const createMethods: Readonly<Record<string, Create>> = {
  ...Object.fromEntries(
    Object.entries(plain).map(([method, type]): [string, Create] => [
      method,
      (session) => create(session, type, method),
    ]),
  ),
  createTable: (session, _id, rows = 2, columns = 2) => {
    const table = create(session, "TABLE", "createTable");
    session.edit(() => addCells(session.document, table, rows, columns));
    return table;
  },
  createPage: (session) => createPage(session),
  createComponentFromNode: (session, _id, layer: Layer) => createComponentFrom(session, layer),
  group: (session, _id, layers: readonly Layer[], parent: Layer, index?: number) =>
    group(session, layers, parent, index),
  ungroup: (session, _id, layer: Layer) => ungroup(session, layer),
  createImage: (session, _id, bytes: Uint8Array) =>
    new Handle("Image", session.document.images.addImage(bytes, "createImage").hash),
  createImageAsync: (session, _id, url: string) =>
    session.later(async () => {
      const answer = (await session.outside.fetch(url, {})) as { ok: boolean; bytes: Uint8Array };
      if (!answer.ok) throw refuse("createImageAsync", "Failed to fetch image");
      return new Handle(
        "Image",
        session.document.images.addImage(answer.bytes, "createImageAsync").hash,
      );
    }),
  createVideoAsync: (session, _id, bytes: Uint8Array) =>
    session.later(() => {
      if (session.switches.starterTeam)
        throw refuse("createVideoAsync", "Video uploads are only available on paid plans");
      return new Handle("Video", session.document.images.addVideo(bytes));
    }),
  createGif: (session, _id, hash: string) => {
    if (session.document.images.image(hash) === null) throw refuse("createGif", "Image not found");
    return create(session, "MEDIA", "createGif", { mediaHash: hash });
  },
  createLinkPreviewAsync: (session, _id, url: string) =>
    session.later(() => createLinkPreview(session, url)),
};

/** Makes a layer of the type on the person's current page, at 0, 0. */
function create(
  session: Session,
  type: string,
  operation: string,
  values: Record<string, unknown> = {},
): Layer {
  session.assertCanEdit(operation);
  const defaults = defaultsOf(type);
  if (defaults === null) throw new FigmaError(`${operation} has no defaults`);
  const { document, person } = session;
  return session.edit(() => {
    const layer = document.add(document.newId(), type, { ...defaults, ...values });
    document.place(layer, person.page);
    return layer;
  });
}

/** A new page is empty, so there is nothing of it left to load. */
function createPage(session: Session): Layer {
  session.assertCanEdit("createPage");
  const { document } = session;
  if (session.switches.starterTeam && document.pages.length >= 3)
    throw refuse(
      "createPage",
      "The Starter plan only comes with 3 pages. Upgrade to Professional for unlimited pages.",
    );
  return session.edit(() => {
    const defaults = { ...defaultsOf("PAGE"), name: `Page ${document.pages.length + 1}` };
    const page = document.add(document.newId(), "PAGE", defaults);
    document.place(page, document.root);
    session.loadPage(page);
    return page;
  });
}

function createComponentFrom(session: Session, layer: Layer): Layer {
  session.assertCanEdit("createComponentFromNode");
  for (let current: Layer | null = layer; current !== null; current = current.parent)
    if (
      ["COMPONENT", "COMPONENT_SET", "INSTANCE", "PAGE"].includes(current.type) &&
      (current === layer || current.type !== "PAGE")
    )
      throw refuse("createComponentFromNode", "Cannot create component from node");
  const { document } = session;
  return session.edit(() => {
    const { parent } = layer;
    const index = parent?.children?.indexOf(layer) ?? 0;
    const isFrame = layer.type === "FRAME";
    const values = isFrame
      ? structuredClone(layer.values)
      : {
          name: layer.values.name,
          transform: layer.values.transform,
          width: layer.values.width,
          height: layer.values.height,
          fills: [],
        };
    const component = document.add(document.newId(), "COMPONENT", {
      ...defaultsOf("COMPONENT"),
      ...values,
    });
    document.place(component, parent ?? session.person.page, index);
    for (const child of isFrame ? [...(layer.children ?? [])] : [layer])
      document.place(child, component);
    if (isFrame) document.place(layer, null);
    else document.write(layer, "transform", identity);
    return component;
  });
}

/** The group takes its place in `parent`; its children stay where they are on the page. */
function group(session: Session, layers: readonly Layer[], parent: Layer, index?: number): Layer {
  session.assertCanEdit("group");
  if (layers.length === 0)
    throw refuse("group", "First argument must be an array of at least one node");
  const { document } = session;
  for (const layer of layers) {
    if (isRemoved(layer) || layer.type === "PAGE") throw refuse("group", "Cannot group this node");
    if (layer.type === "CONNECTOR") throw refuse("group", "Connectors cannot be grouped");
    if (contains(layer, parent)) throw refuse("group", "A node cannot be grouped inside itself");
  }
  return session.edit(() => groupLayers(document, layers, parent, index));
}

/** Groups for a person or a plugin alike. */
export function groupLayers(
  document: Session["document"],
  layers: readonly Layer[],
  parent: Layer,
  index?: number,
): Layer {
  const defaults = defaultsOf("GROUP") ?? { name: "Group" };
  const made = document.add(document.newId(), "GROUP", {
    ...defaults,
    name: `Group ${document.layers.size}`,
  });
  document.place(made, parent, index ?? parent.children?.length ?? 0);
  for (const layer of layers) {
    const before = absoluteTransform(layer);
    insertLayer(document, layer, made);
    const holder = parent.type === "PAGE" ? identity : absoluteTransform(parent);
    document.write(layer, "transform", multiply(invert(holder), before));
  }
  reflow(document, made);
  return made;
}

function ungroup(session: Session, layer: Layer): Layer[] {
  session.assertCanEdit("ungroup");
  const { document } = session;
  const { parent } = layer;
  if (parent === null || layer.children === null)
    throw refuse("ungroup", "Cannot ungroup this node");
  return session.edit(() => {
    const children = [...(layer.children ?? [])];
    let index = parent.children?.indexOf(layer) ?? 0;
    const placed = children.map((child) => ({ child, before: absoluteTransform(child) }));
    for (const { child, before } of placed) {
      document.place(child, parent, index);
      const holder = parent.type === "PAGE" ? identity : absoluteTransform(parent);
      document.write(child, "transform", multiply(invert(holder), before));
      index += 1;
    }
    if (!isRemoved(layer)) document.place(layer, null);
    reflow(document, parent);
    return children;
  });
}

/** EMBED when the page offers oEmbed, else LINK_UNFURL from its tags (typings, createLinkPreviewAsync). */
async function createLinkPreview(session: Session, url: string): Promise<Layer> {
  const answer = (await session.outside.fetch(url, { isLinkPreview: true })) as {
    ok: boolean;
    text: string;
  };
  if (!answer.ok) throw refuse("createLinkPreviewAsync", "Unable to create link preview");
  const tag = (name: string): string | null =>
    new RegExp(`<meta[^>]+(?:property|name)="(?:og|twitter):${name}"[^>]+content="([^"]*)"`).exec(
      answer.text,
    )?.[1] ?? null;
  const [title, description, provider] = [tag("title"), tag("description"), tag("site_name")];
  const isEmbed = answer.text.includes("application/json+oembed");
  const values = isEmbed
    ? { embedData: { srcUrl: url, canonicalUrl: url, title, description, provider } }
    : { linkUnfurlData: { url, title, description, provider } };
  return create(session, isEmbed ? "EMBED" : "LINK_UNFURL", "createLinkPreviewAsync", values);
}
