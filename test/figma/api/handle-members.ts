import { refuse, SimUnsupported } from "../errors.ts";
import { absoluteBox, unite } from "../model/geometry.ts";
import type { Layer } from "../model/layer.ts";
import { pluginMembers } from "./plugin-members.ts";
import type { HandleMembers } from "./registry.ts";
import type { Session } from "./session.ts";
import { packStored, unpackStored } from "./stored-value.ts";
import { timerMembers } from "./timer-members.ts";
import { Handle, type PluginFunction } from "./values.ts";

/** Bytes all of a plugin's keys and values may take on a device (figma-platform.md 5.1). */
const storageBytes = 5_000_000;

const viewport: HandleMembers = {
  get: {
    center: (session) => session.person.viewport.center,
    zoom: (session) => session.person.viewport.zoom,
    bounds: (session) => {
      const { screen, viewport } = session.person;
      const { center, zoom } = viewport;
      const [width, height] = [screen.width / zoom, screen.height / zoom];
      return { x: center.x - width / 2, y: center.y - height / 2, width, height };
    },
  },
  set: {
    center: (session, _id, center: { x: number; y: number }) => {
      session.person.viewport = { ...session.person.viewport, center };
    },
    zoom: (session, _id, zoom: number) => {
      session.person.viewport = { ...session.person.viewport, zoom };
    },
  },
  call: {
    scrollAndZoomIntoView: (session: Session, _id: string, layers: readonly Layer[]) => {
      const box = unite(layers.map((layer) => absoluteBox(layer)));
      if (box === null) return;
      const { screen } = session.person;
      const zoom = Math.min(1, screen.width / (box.width || 1), screen.height / (box.height || 1));
      session.person.viewport = {
        center: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
        zoom,
      };
    },
  },
};

const clientStorage: HandleMembers = {
  call: {
    getAsync: (session: Session, _id: string, key: string) =>
      session.later(() => {
        const stored = storageOf(session).get(key);
        return stored === undefined ? undefined : readStored(session, stored);
      }),
    setAsync: (session: Session, _id: string, key: string, value: unknown) => {
      const stored = packStored(value);
      return session.later(() => {
        const others = [...storageOf(session)].filter(([other]) => other !== key);
        const taken = others.reduce((sum, [name, kept]) => sum + name.length + kept.length, 0);
        if (taken + key.length + stored.length > storageBytes)
          throw refuse("setAsync", "Cannot store more than 5MB of data in clientStorage");
        storageOf(session).set(key, stored);
      });
    },
    deleteAsync: (session: Session, _id: string, key: string) =>
      session.later(() => void storageOf(session).delete(key)),
    keysAsync: (session: Session) => session.later(() => [...storageOf(session).keys()]),
  },
};

function storageOf(session: Session): Map<string, string> {
  const { id } = session.parts.manifest;
  const storage = session.person.clientStorage.get(id) ?? new Map<string, string>();
  session.person.clientStorage.set(id, storage);
  return storage;
}

function readStored(session: Session, stored: string): unknown {
  return unpackStored(stored, {
    thing: (id, iface) => session.document.layer(String(id)) ?? new Handle(iface, String(id)),
    invoke: () => undefined,
  });
}

const ui: HandleMembers = {
  get: { onmessage: (session) => session.state.get("onmessage") },
  set: { onmessage: (session, _id, callback: unknown) => session.state.set("onmessage", callback) },
  call: {
    show: (session: Session) => session.outside.changeUi("show", []),
    hide: (session: Session) => session.outside.changeUi("hide", []),
    resize: (session: Session, _id: string, width: number, height: number) =>
      session.outside.changeUi("resize", [Math.max(70, width), Math.max(0, height)]),
    reposition: (session: Session, _id: string, x: number, y: number) =>
      session.outside.changeUi("reposition", [x, y]),
    getPosition: (session: Session) => {
      if (!session.outside.hasUi()) throw refuse("getPosition", "No UI is available");
      throw new SimUnsupported("UIAPI.getPosition");
    },
    close: (session: Session) => session.outside.closeUi(),
    postMessage: (
      session: Session,
      _id: string,
      message: unknown,
      options: Record<string, unknown> = {},
    ) => session.outside.postToUi(message, options),
    on: (session: Session, _id: string, _event: string, callback: PluginFunction) =>
      session.events.on("message", callback, false, "ui"),
    once: (session: Session, _id: string, _event: string, callback: PluginFunction) =>
      session.events.on("message", callback, true, "ui"),
    off: (session: Session, _id: string, _event: string, callback: PluginFunction) =>
      session.events.off("message", callback, "ui"),
  },
};

const image: HandleMembers = {
  get: { hash: (_session, id) => id },
  call: {
    getBytesAsync: (session: Session, id: string) =>
      session.later(() => session.document.images.image(id)?.bytes),
    getSizeAsync: (session: Session, id: string) =>
      session.later(() => {
        const stored = session.document.images.image(id);
        return { width: stored?.widthPx, height: stored?.heightPx };
      }),
  },
};

const parameters: HandleMembers = {
  call: {
    on: (session: Session, _id: string, _event: string, callback: PluginFunction) =>
      session.events.on("input", callback, false, "parameters"),
    once: (session: Session, _id: string, _event: string, callback: PluginFunction) =>
      session.events.on("input", callback, true, "parameters"),
    off: (session: Session, _id: string, _event: string, callback: PluginFunction) =>
      session.events.off("input", callback, "parameters"),
  },
};

const suggestions: HandleMembers = {
  call: {
    setSuggestions: (session: Session, id: string, list: unknown) =>
      session.outside.note("suggestions", { id, list }),
    setError: (session: Session, id: string, message: string) =>
      session.outside.note("suggestion-error", { id, message }),
    setLoadingMessage: (session: Session, id: string, message: string) =>
      session.outside.note("suggestion-loading", { id, message }),
  },
};

const util: HandleMembers = {
  call: {
    rgb: (_session: Session, _id: string, color: string | Record<string, number>) =>
      readColor(color, false),
    rgba: (_session: Session, _id: string, color: string | Record<string, number>) =>
      readColor(color, true),
    solidPaint: (
      _session: Session,
      _id: string,
      color: string | Record<string, number>,
      overrides: Record<string, unknown> = {},
    ) => {
      const { a, ...rgb } = readColor(color, true);
      return { type: "SOLID", color: rgb, ...(a === 1 ? {} : { opacity: a }), ...overrides };
    },
  },
};

function readColor(
  color: string | Record<string, number>,
  hasAlpha: boolean,
): Record<string, number> {
  const { r = 0, g = 0, b = 0, a = 1 } = typeof color === "string" ? readHex(color) : color;
  return hasAlpha ? { r, g, b, a } : { r, g, b };
}

function readHex(text: string): Record<string, number> {
  const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const long = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})?$/i.exec(text);
  const parts =
    short?.slice(1).map((digit) => digit + digit) ?? long?.slice(1).filter((part) => part);
  if (parts === undefined)
    throw new SimUnsupported(
      "UtilAPI colour",
      `"${text}" is not modelled by the stand-in: hex only`,
    );
  const [r = 0, g = 0, b = 0, a = 1] = parts.map((part) => Number.parseInt(part, 16) / 255);
  return { r, g, b, a };
}

/** Members of everything that is no layer, by interface. */
export const handleMembers: Readonly<Record<string, HandleMembers>> = {
  PluginAPI: pluginMembers,
  UIAPI: ui,
  ViewportAPI: viewport,
  ClientStorageAPI: clientStorage,
  TimerAPI: timerMembers,
  UtilAPI: util,
  ParametersAPI: parameters,
  SuggestionResults: suggestions,
  Image: image,
  Video: { get: { hash: (_session, id) => id } },
  NotificationHandler: {
    call: { cancel: (session: Session, id: string) => session.outside.cancelNotice(Number(id)) },
  },
  Globals: {
    call: {
      fetch: (
        session: Session,
        _id: string,
        url: unknown,
        options: Record<string, unknown> = {},
      ) => {
        if (typeof url !== "string") throw new TypeError("fetch takes the url as a string");
        return session.later(() => session.outside.fetch(url, options));
      },
    },
  },
};
