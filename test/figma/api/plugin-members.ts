import { fromBase64, toBase64 } from "../base64.ts";
import { refuse } from "../errors.ts";
import { isRemoved, type Layer } from "../model/layer.ts";
import type { FontName } from "../model/text-content.ts";
import { createMethods } from "./create-members.ts";
import { hasFont, listFonts, loadFont } from "./fonts.ts";
import type { HandleMembers } from "./registry.ts";
import type { Session } from "./session.ts";
import { Handle, mixed, type PluginFunction } from "./values.ts";

const only = (iface: string) => (): Handle => new Handle(iface, "");

const banned =
  (member: string, instead: string) =>
  (session: Session): never => {
    if (!session.isDynamic)
      throw refuse(member, "without dynamic-page is not modelled by the stand-in");
    throw refuse(
      member,
      `Cannot call with documentAccess: dynamic-page. Use figma.${instead} instead.`,
    );
  };

/** What the global `figma` itself has. */
export const pluginMembers: HandleMembers = {
  get: {
    apiVersion: () => "1.0.0",
    command: (session) => session.parts.command,
    editorType: (session) => session.document.editor,
    mode: () => "default",
    pluginId: (session) => session.parts.manifest.id,
    fileKey: (session) =>
      session.parts.manifest.enablePrivatePluginApi === true ? session.parts.fileKey : undefined,
    mixed: () => mixed,
    root: (session) => session.document.root,
    currentPage: (session) => session.person.page,
    skipInvisibleInstanceChildren: (session) =>
      session.state.get("skipInvisibleInstanceChildren") === true,
    currentUser: (session) => readUser(session),
    activeUsers: (session) => readActiveUsers(session),
    ui: only("UIAPI"),
    viewport: only("ViewportAPI"),
    clientStorage: only("ClientStorageAPI"),
    parameters: only("ParametersAPI"),
    timer: only("TimerAPI"),
    util: only("UtilAPI"),
    hasMissingFont: (session) =>
      [...session.document.layers.values()].some((layer) => !isRemoved(layer) && missesFont(layer)),
  },
  set: {
    skipInvisibleInstanceChildren: (session, _id, value: boolean) =>
      session.state.set("skipInvisibleInstanceChildren", value),
    currentPage: (session, _id, page: Layer) => {
      if (session.isDynamic)
        throw refuse(
          "set_currentPage",
          "Cannot call with documentAccess: dynamic-page. Use figma.setCurrentPageAsync instead.",
        );
      session.person.goTo(page);
    },
  },
  call: {
    ...createMethods,
    getNodeById: (session: Session, _id: string, layerId: string) => {
      if (session.isDynamic)
        throw refuse(
          "getNodeById",
          "Cannot call with documentAccess: dynamic-page. Use figma.getNodeByIdAsync instead.",
        );
      return session.document.layer(layerId);
    },
    getNodeByIdAsync: (session: Session, _id: string, layerId: string) =>
      session.later(() => session.document.layer(layerId)),
    getStyleById: banned("getStyleById", "getStyleByIdAsync"),
    getLocalPaintStyles: banned("getLocalPaintStyles", "getLocalPaintStylesAsync"),
    getLocalTextStyles: banned("getLocalTextStyles", "getLocalTextStylesAsync"),
    getLocalEffectStyles: banned("getLocalEffectStyles", "getLocalEffectStylesAsync"),
    getLocalGridStyles: banned("getLocalGridStyles", "getLocalGridStylesAsync"),
    getFileThumbnailNode: banned("getFileThumbnailNode", "getFileThumbnailNodeAsync"),
    setCurrentPageAsync: (session: Session, _id: string, page: Layer) =>
      session.later(() => {
        if (page.type !== "PAGE" || isRemoved(page))
          throw refuse("setCurrentPageAsync", "Expected a page of this document");
        session.loadPage(page);
        session.person.goTo(page);
      }),
    loadAllPagesAsync: (session: Session) =>
      session.later(() => {
        session.hasLoadedAllPages = true;
      }),
    loadFontAsync: (session: Session, _id: string, font: { family: string; style?: string }) =>
      session.later(() => loadFont(session, font)),
    listAvailableFontsAsync: (session: Session) => session.later(() => listFonts()),
    getImageByHash: (session: Session, _id: string, hash: string) =>
      session.document.images.image(hash) === null ? null : new Handle("Image", hash),
    on: (session: Session, _id: string, event: string, callback: PluginFunction) =>
      session.events.on(event, callback, false),
    once: (session: Session, _id: string, event: string, callback: PluginFunction) =>
      session.events.on(event, callback, true),
    off: (session: Session, _id: string, event: string, callback: PluginFunction) =>
      session.events.off(event, callback),
    commitUndo: (session: Session) => session.document.history.commit(session.person.id),
    triggerUndo: (session: Session) => {
      session.assertCanEdit("triggerUndo");
      session.edit(() => session.document.history.undo(session.person.id));
    },
    saveVersionHistoryAsync: (session: Session, _id: string, title: string, description?: string) =>
      session.later(() => {
        session.outside.note("version", { title, description });
        return { id: `version-${title}` };
      }),
    openExternal: (session: Session, _id: string, url: string) =>
      session.outside.note("openExternal", url),
    showUI: (session: Session, _id: string, html: string, options: Record<string, unknown> = {}) =>
      session.outside.showUi(html, options),
    closePlugin: (session: Session, _id: string, message?: string) =>
      session.outside.close(message),
    notify: (
      session: Session,
      _id: string,
      message: string,
      options: Record<string, unknown> = {},
    ) =>
      new Handle(
        "NotificationHandler",
        String(session.outside.notify(message.slice(0, 100), options)),
      ),
    base64Encode: (_session: Session, _id: string, bytes: Uint8Array) => toBase64(bytes),
    base64Decode: (_session: Session, _id: string, text: string) => fromBase64(text),
  },
};

function missesFont(layer: Layer): boolean {
  const text = layer.values["textText"] as
    { runs: readonly { style: { fontName: FontName } }[] } | undefined;
  return (
    text?.runs.some(({ style }) => style.fontName.family !== "" && !hasFont(style.fontName)) ===
    true
  );
}

function needPermission(
  session: Session,
  permission: "currentuser" | "activeusers",
  member: string,
): void {
  if (session.parts.manifest.permissions?.includes(permission) !== true)
    throw refuse(
      `get_${member}`,
      `"${permission}" must be specified in the permissions array in manifest.json`,
    );
}

function describeUser({ id, name, color, sessionId }: Session["person"]): Record<string, unknown> {
  return { id, name, photoUrl: null, color, sessionId };
}

function readUser(session: Session): unknown {
  needPermission(session, "currentuser", "currentUser");
  return describeUser(session.person);
}

function readActiveUsers(session: Session): unknown {
  needPermission(session, "activeusers", "activeUsers");
  return session.outside.people().map((person) => ({
    ...describeUser(person),
    position: null,
    viewport: {
      x: person.viewport.center.x,
      y: person.viewport.center.y,
      width: 1280,
      height: 720,
    },
    selection: person.selectionOn(person.page).map(({ id }) => id),
  }));
}
