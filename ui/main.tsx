import { render } from "@create-figma-plugin/ui";
import { startBackground } from "./background/start-background.ts";
import { browserTime as time } from "./browser-time.ts";
import { pageParts } from "./page-parts.ts";
import { Panel } from "./panel/panel.tsx";
import { openPluginWire } from "./plugin-wire.ts";
import { sendToRelay } from "./send-to-relay.ts";
import { toHex } from "./session/hash.ts";
import { openSession } from "./session/open-session.ts";

/** That of package.json. */
const version = "0.1.0";

/** Draws the panel into the page that Figma gave it. */
export default function openPanel(root: HTMLElement): void {
  const session = openSession({
    channel: openPluginWire(window, time),
    sendTo: (address) => sendToRelay(address, time),
    time,
    newId,
    page: pageParts,
    startBackground,
    version,
  });
  window.addEventListener("pagehide", () => void session.keepEdits());
  render(Panel)(root, { model: session.model });
}

/** `crypto.randomUUID` is missing where the page is not secure; random values never are. */
function newId(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}
