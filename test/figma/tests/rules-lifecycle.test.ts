import { expect, vi } from "vitest";
import { readManifest } from "../manifest.ts";
import { whyNotLoadable } from "../vm/check-main-code.ts";
import { manifestWith, ruleTest, tryPlugin } from "./try-plugin.ts";

ruleTest("close-ends", async () => {
  const { reported, window, standIn } =
    await tryPlugin(`figma.showUI("<p>"); figma.on("close", () => report("closing " + figma.currentPage.name)); figma.on("selectionchange", () => report("never")); setTimeout(() => report("never"), 10); const box = figma.createRectangle();
    figma.clientStorage.getAsync("a").then(() => report("never")); figma.closePlugin("Done"); report(attempt(() => box.id).slice(0, 41)); report(attempt(() => box.name).slice(0, 41)); report(attempt(() => figma.currentPage).slice(0, 23));`);
  standIn.user.select(standIn.user.draw("FRAME"));
  await standIn.clock.advance(1000);
  expect(reported).toEqual([
    "closing Page 1",
    "in get_id: Cannot access the Figma API af",
    "in get_name: Cannot access the Figma API ",
    "in get_currentPage: Cannot access".slice(0, 23),
  ]);
  expect([window.closeMessage, window.isOpen, window.ui]).toEqual(["Done", false, null]);
});

ruleTest("notify", async () => {
  const { window, reported, standIn } = await tryPlugin(
    `figma.notify("x".repeat(150), { error: true, onDequeue: report }); figma.notify("Run?", { timeout: Infinity, button: { text: "Yes", action: () => { report("pressed") } }, onDequeue: report }); figma.notify("gone").cancel();`,
  );
  expect(
    window.notifications.map(({ message, isError, isOpen }) => [message.length, isError, isOpen]),
  ).toEqual([
    [100, true, true],
    [4, false, true],
    [4, false, false],
  ]);
  window.notifications[1]?.press();
  await standIn.clock.advance(3000);
  expect(reported).toEqual(["pressed", "action_button_click", "timeout"]);
});

ruleTest("ui-size", async () => {
  const { window, reported } = await tryPlugin(
    `report(attempt(() => figma.ui.resize(10, 10)).slice(0, 10)); figma.showUI("<p>1", { width: 10 }); figma.showUI("<p>2", { width: 20, height: 400, visible: false }); figma.ui.resize(500, 300); figma.ui.show();`,
  );
  expect(reported).toEqual(["in resize:"]);
  expect(window.ui).toMatchObject({ html: "<p>2", width: 500, height: 300, isVisible: true });
});

ruleTest("messages-plain", async () => {
  const { window, reported, standIn } =
    await tryPlugin(`figma.showUI("<p>"); figma.ui.onmessage = (message, props) => report([message.bytes[1], message.when.getTime(), props.origin]); figma.ui.on("message", () => report("second"));
    figma.ui.postMessage({ bytes: new Uint8Array([1, 2]), run: () => 1, when: new Date(5), $: 1, list: [undefined, null] }); report(attempt(() => figma.ui.postMessage(new Uint16Array(2))));`);
  await standIn.clock.idle();
  expect(window.messages).toEqual([
    { bytes: Uint8Array.from([1, 2]), when: new Date(5), $: 1, list: [undefined, null] },
  ]);
  window.post({ bytes: Uint8Array.from([7, 8]), when: new Date(9) });
  await standIn.clock.idle();
  expect(reported).toEqual(["in postMessage: Cannot unwrap symbol", [8, 9, "null"], "second"]);
});

ruleTest("early-messages", async () => {
  const code = `figma.showUI("<p>"); figma.ui.postMessage("early"); await figma.clientStorage.getAsync("a"); await figma.clientStorage.getAsync("a"); figma.ui.postMessage("later");`;
  expect((await tryPlugin(code)).window.messages).toEqual(["early", "later"]);
  const dropping = await tryPlugin(code, { switches: { earlyMessages: "drop" } });
  expect([dropping.window.messages, dropping.window.notes[0]?.kind]).toEqual([
    ["later"],
    "message-dropped",
  ]);
});

ruleTest("globals", async () => {
  const absent = [
    "window",
    "document",
    "self",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "URL",
    "URLSearchParams",
    "TextEncoder",
    "TextDecoder",
    "atob",
    "btoa",
    "crypto",
    "performance",
    "AbortController",
    "Blob",
    "localStorage",
    "Intl",
    "WebAssembly",
    "Worker",
    "process",
    "require",
    "queueMicrotask",
    "Buffer",
    "host",
    "setImmediate",
  ];
  const { reported } = await tryPlugin(
    `report(${JSON.stringify(absent)}.filter((name) => name in globalThis)); report([typeof fetch, typeof setTimeout, typeof console.log, typeof __html__, typeof structuredClone, Math.abs(Date.now() - new Date().getTime()) < 50, new Date(0).getTime()]);`,
  );
  expect(reported).toEqual([
    [],
    ["function", "function", "function", "string", "function", true, 0],
  ]);
  const fetch = vi.fn(() =>
    Promise.resolve(new Response(`{"a":1}`, { status: 201, headers: { "x-b": "2" } })),
  );
  const net = await tryPlugin(
    `const answer = await fetch("http://localhost:4517/a", { method: "POST", body: "x", headers: { c: "d" } }); report([answer.status, answer.ok, answer.headersObject["x-b"], (await answer.json()).a, (await answer.arrayBuffer()).byteLength, answer.body]);`,
    { fetch },
  );
  expect(net.reported).toEqual([[201, true, "2", 1, 7, undefined]]);
  expect(fetch).toHaveBeenCalledWith("http://localhost:4517/a", {
    method: "POST",
    body: "x",
    headers: { c: "d" },
  });
  expect(
    (await tryPlugin(`report(await attemptLater(() => fetch("http://localhost/")))`)).reported,
  ).toEqual(["Failed to fetch"]);
});

ruleTest("load-refusals", async () => {
  expect([
    whyNotLoadable("const a = 'import(x)'"),
    whyNotLoadable("// <!-- x"),
    whyNotLoadable("important(1)"),
  ]).toEqual([
    "SyntaxError: possible import expression rejected",
    "SyntaxError: possible html comment rejected",
    null,
  ]);
  await expect(tryPlugin(`/* import('x') */`)).rejects.toThrow(
    "possible import expression rejected",
  );
});

ruleTest("manifest", async () => {
  const why = (changes: Record<string, unknown>): string => {
    try {
      readManifest(manifestWith(changes));
      return "fine";
    } catch (error) {
      return (error as Error).message;
    }
  };
  const network = (...allowedDomains: string[]): string =>
    why({ networkAccess: { allowedDomains } });
  expect([
    why({ colour: 1 }),
    network("http://127.0.0.1:80"),
    network("*"),
    network("ftp://a.example"),
    network("https://a.example", "*.b.example"),
    why({ editorType: ["figjam", "dev"] }),
    why({ editorType: ["figma", "word"] }).slice(0, 15),
  ]).toEqual([
    "Manifest has unexpected extra property: colour",
    "Manifest error: http://127.0.0.1:80 is an IP address; use a domain or localhost.",
    'Manifest error: networkAccess needs a "reasoning" for "*" or localhost.',
    "Manifest error: ftp://a.example has a scheme other than http, https, ws, wss.",
    "fine",
    'Manifest error: editorType cannot hold both "figjam" and "dev".',
    "Manifest error:",
  ]);
  await expect(
    tryPlugin("", { manifest: manifestWith({ editorType: ["figjam"] }) }),
  ).rejects.toThrow("does not run in figma");
});

ruleTest("permissions", async () => {
  const code = `report(attempt(() => report(figma.currentUser.name))); report(figma.fileKey);`;
  expect((await tryPlugin(code)).reported).toEqual([
    'in get_currentUser: "currentuser" must be specified in the permissions array in manifest.json',
    undefined,
  ]);
  const allowed = await tryPlugin(code, {
    manifest: manifestWith({ permissions: ["currentuser"], enablePrivatePluginApi: true }),
    fileKey: "abc",
  });
  expect(allowed.reported).toEqual(["You", "fine", "abc"]);
});

ruleTest("video", async () => {
  const code = `const bytes = new Uint8Array(16); [0, 0, 0, 16, 102, 116, 121, 112].forEach((byte, at) => { bytes[at] = byte }); const video = await figma.createVideoAsync(bytes); const box = figma.createRectangle();
    report(attempt(() => { box.fills = [{ type: "VIDEO", videoHash: video.hash, scaleMode: "FILL" }] })); report(await attemptLater(() => figma.createVideoAsync(new Uint8Array(9))));`;
  const unsupported = "in createVideoAsync: Video type is unsupported";
  expect((await tryPlugin(code, { editor: "figjam" })).reported).toEqual(["fine", unsupported]);
  const refusing = await tryPlugin(code, {
    editor: "figjam",
    switches: { videoInFigjam: "refuse" },
  });
  expect(refusing.reported).toEqual([
    "in set_fills: Video fills are not supported in FigJam",
    unsupported,
  ]);
});
