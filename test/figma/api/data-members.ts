import { refuse } from "../errors.ts";
import type { Layer } from "../model/layer.ts";
import type { Method } from "./registry.ts";
import type { Session } from "./session.ts";

/** Bytes that one entry may have: plugin id or namespace, key and value together (typings, setPluginData). */
const mostBytes = 100_000;

/** Plugin data, shared plugin data and relaunch data. */
export const dataMethods: Readonly<Record<string, Method>> = {
  getPluginData: (session, layer, key: string) => layer.data.get(privateKey(session, key)) ?? "",
  setPluginData: (session, layer, key: string, value: string) =>
    store(
      session,
      layer,
      "setPluginData",
      session.parts.manifest.id,
      privateKey(session, key),
      key,
      value,
    ),
  getPluginDataKeys: (session, layer) => keysUnder(layer, privateKey(session, "")),
  getSharedPluginData: (_session, layer, namespace: string, key: string) => {
    checkNamespace("getSharedPluginData", namespace);
    return layer.data.get(`shared|${namespace}|${key}`) ?? "";
  },
  setSharedPluginData: (session, layer, namespace: string, key: string, value: string) => {
    checkNamespace("setSharedPluginData", namespace);
    store(
      session,
      layer,
      "setSharedPluginData",
      namespace,
      `shared|${namespace}|${key}`,
      key,
      value,
    );
  },
  getSharedPluginDataKeys: (_session, layer, namespace: string) => {
    checkNamespace("getSharedPluginDataKeys", namespace);
    return keysUnder(layer, `shared|${namespace}|`);
  },
  getRelaunchData: (session, layer) => {
    const prefix = `relaunch|${session.parts.manifest.id}|`;
    return Object.fromEntries(
      keysUnder(layer, prefix).map((command) => [command, readRelaunch(layer, prefix + command)]),
    );
  },
  setRelaunchData,
};

function privateKey(session: Session, key: string): string {
  return `private|${session.parts.manifest.id}|${key}`;
}

function keysUnder(layer: Layer, prefix: string): string[] {
  return [...layer.data.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

function checkNamespace(operation: string, namespace: string): void {
  if (!/^[A-Za-z0-9_.]{3,}$/.test(namespace))
    throw refuse(operation, "The namespace must be at least 3 alphanumeric characters");
}

function store(
  session: Session,
  layer: Layer,
  operation: string,
  owner: string,
  entry: string,
  key: string,
  value: string,
): void {
  if (new TextEncoder().encode(owner + key + value).length > mostBytes)
    throw refuse(operation, "Total entry size cannot exceed 100 kB");
  session.document.writeData(layer, entry, value);
}

/** Kept with a leading "=", since an empty description is still a button. */
function readRelaunch(layer: Layer, key: string): string {
  return (layer.data.get(key) ?? "=").slice(1);
}

function setRelaunchData(
  session: Session,
  layer: Layer,
  data: Readonly<Record<string, string>>,
): void {
  if ((layer.type === "PAGE" || layer.type === "DOCUMENT") && session.document.editor === "figjam")
    throw refuse(
      "setRelaunchData",
      "Relaunch data can only be set on pages and the document in Figma Design",
    );
  for (const description of Object.values(data))
    if (description.length > 1000)
      throw refuse("setRelaunchData", "The description cannot exceed 1000 characters");
  const prefix = `relaunch|${session.parts.manifest.id}|`;
  for (const command of keysUnder(layer, prefix))
    session.document.writeData(layer, prefix + command, "");
  for (const [command, description] of Object.entries(data))
    session.document.writeData(layer, prefix + command, `=${description}`);
}
