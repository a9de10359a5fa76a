import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChromiumPanels, type ChromiumPanels } from "../panel/chromium-panels.ts";
import { createStandIn } from "../stand-in.ts";

let panels: ChromiumPanels;
let relay: Server;
let relayUrl = "";

beforeAll(async () => {
  relay = createServer((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.end(JSON.stringify({ origin: request.headers.origin }));
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  relayUrl = `http://localhost:${(relay.address() as AddressInfo).port}`;
  panels = await openChromiumPanels();
});

afterAll(async () => {
  await panels.close();
  relay.closeAllConnections();
});

const manifest = () => ({
  name: "Panel",
  id: "42",
  api: "1.0.0",
  main: "main.js",
  ui: "ui.html",
  editorType: ["figma"],
  documentAccess: "dynamic-page",
  networkAccess: { allowedDomains: ["none"], devAllowedDomains: [relayUrl] },
});

async function run(html: string, mainCode: string, isPublished = false) {
  const standIn = createStandIn({ editor: "figma" });
  const window = await standIn.runPlugin({
    manifest: manifest(),
    mainCode,
    uiCode: html,
    panel: panels.panel({ manifest: manifest(), earlyMessages: "queue", isPublished }),
  });
  const panel = panels.latest;
  const frame = await panel.frame();
  return { standIn, window, panel, frame };
}

const echo = `figma.showUI(__html__, { width: 320, height: 200, themeColors: true });
figma.ui.onmessage = (message) => figma.ui.postMessage({ kind: message.bytes.constructor.name, sum: message.bytes.reduce((a, b) => a + b, 0), back: message.bytes, none: undefined });`;

describe("a panel in a browser", () => {
  test("has no origin and Figma's theme, and sends bytes both ways", async () => {
    const html = `<p id="out">waiting</p><script>
      onmessage = (event) => { const m = event.data.pluginMessage; document.getElementById("out").textContent = [m.kind, m.sum, m.back.constructor.name, "none" in m, event.data.pluginId].join(" "); };
      parent.postMessage({ pluginMessage: { bytes: new Uint8Array([1, 2, 250]) } }, "*");
    </script>`;
    const { frame, panel, standIn } = await run(html, echo);
    await frame.waitForFunction(`document.getElementById("out").textContent !== "waiting"`);
    expect(await frame.textContent("#out")).toBe("Uint8Array 253 Uint8Array true 42");
    expect(await frame.evaluate("self.origin")).toBe("null");
    expect(await frame.evaluate("document.documentElement.className")).toBe("figma-light");
    expect(panel.problems).toEqual([]);
    standIn.dispose();
  });

  test("reaches the listed domain, as origin null, and no other", async () => {
    const html = `<p id="out">waiting</p><script>
      (async () => {
        const answer = await (await fetch("RELAY")).json();
        const other = await fetch("http://127.0.0.1:9/").then(() => "reached", () => "refused");
        document.getElementById("out").textContent = answer.origin + " " + other;
      })();
    </script>`;
    const { frame, panel, standIn } = await run(
      html.replace("RELAY", `${relayUrl}/`),
      "figma.showUI(__html__)",
    );
    await frame.waitForFunction(`document.getElementById("out").textContent !== "waiting"`);
    expect(await frame.textContent("#out")).toBe("null refused");
    expect(panel.problems.map(({ kind }) => kind)).toContain("policy");
    expect(panel.requests).toEqual([`${relayUrl}/`]);
    standIn.dispose();
  });

  test("of a published plugin has no development domains", async () => {
    const html = `<p id="out">waiting</p><script>fetch("${relayUrl}/").then(() => "reached", () => "refused").then((text) => { document.getElementById("out").textContent = text; });</script>`;
    const { frame, standIn } = await run(html, "figma.showUI(__html__)", true);
    await frame.waitForFunction(`document.getElementById("out").textContent !== "waiting"`);
    expect(await frame.textContent("#out")).toBe("refused");
    standIn.dispose();
  });

  test("tells of script errors, console errors and messages that Figma would not carry", async () => {
    const html = `<script>console.error("bad news"); setTimeout(() => { throw new Error("broken") }); parent.postMessage({ pluginMessage: { blob: new Blob(["x"]) } }, "*");</script>`;
    const { panel, standIn } = await run(html, "figma.showUI(__html__)");
    await expect
      .poll(() => panel.problems.map(({ kind }) => kind).sort())
      .toEqual(["console", "error", "message"]);
    standIn.dispose();
  });

  test("cannot store anything: storage throws without an origin", async () => {
    const { frame, standIn } = await run("<p>storage</p>", "figma.showUI(__html__)");
    expect(
      await frame.evaluate(
        "(() => { try { localStorage.x = 1; return 'kept' } catch (error) { return error.name } })()",
      ),
    ).toBe("SecurityError");
    standIn.dispose();
  });
});
