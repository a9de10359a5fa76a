import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeTypes } from "#domain/nodes/index";
import { buildPlugin } from "../config/build-plugin.ts";
import { readManifest } from "../figma/manifest.ts";
import { openPlugin } from "./open-plugin.ts";

const { manifest } = await buildPlugin();

test("the committed manifest is the one that the build writes, and Figma would take it", () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL("../../manifest.json", import.meta.url), "utf8"),
  );
  expect(committed).toEqual(manifest);
  expect(readManifest(manifest)).toMatchObject({
    id: "000000000000000000",
    editorType: ["figma", "figjam"],
    documentAccess: "dynamic-page",
    permissions: ["currentuser"],
    main: "build/main.js",
    ui: "build/ui.js",
    networkAccess: { allowedDomains: ["none"], devAllowedDomains: ["http://localhost:4517"] },
  });
});

test("a team's build reaches its shared relay, and no other address can be built in", async () => {
  const team = await buildPlugin("https://relay.example.com/some/path");
  expect(readManifest(team.manifest).networkAccess?.allowedDomains).toEqual([
    "https://relay.example.com",
  ]);
  await expect(buildPlugin("http://relay.example.com")).rejects.toThrow("must begin with https:");
});

test("every menu item and relaunch button starts the plugin with its command", async () => {
  const { menu = [], relaunchButtons = [] } = readManifest(manifest);
  const commands = [...(menu as { command?: string }[]), ...relaunchButtons].flatMap(
    ({ command }) => command ?? [],
  );
  expect(commands.length).toBe(7);
  const told = new Map<string, string | null>();
  for (const command of commands) {
    const { standIn, window, panel } = await openPlugin({ command });
    const hello = await panel.ask("hello", {});
    told.set(command.replace("plugin/main.ts--", ""), hello.command?.name ?? null);
    expect([window.errors, (await panel.ask("hello", {})).command]).toEqual([[], null]);
    standIn.dispose();
  }
  expect(Object.fromEntries(told)).toEqual({
    default: null,
    addNode: "add-node",
    useSelectionAs: "use-as",
    runFromHere: "run-from-here",
    runSelection: "run-selection",
    openNode: "open-node",
  });
});

test("a quick action offers the types of node, and hands in what was chosen and typed", async () => {
  const command = "plugin/main.ts--addNode";
  const parameters = { type: "image-generator", prompt: "a fox" };
  const { standIn, window, panel } = await openPlugin({ command, parameters });
  expect((await panel.ask("hello", {})).command).toEqual({ name: "add-node", ...parameters });
  window.typeParameter("type", "");
  window.typeParameter("type", " image ");
  window.typeParameter("prompt", "a fox");
  const lists = window.notes.map(({ details }) => (details as { list: unknown[] }).list);
  expect(lists.map(({ length }) => length)).toEqual([nodeTypes.length, 2]);
  standIn.dispose();
  const odd = await openPlugin({ command, parameters: { type: "no-such-type", prompt: 7 } });
  expect((await odd.panel.ask("hello", {})).command).toEqual({
    name: "add-node",
    type: null,
    prompt: null,
  });
  odd.standIn.dispose();
});
