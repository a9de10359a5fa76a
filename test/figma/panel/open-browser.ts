import { platform } from "node:os";
import chromiumForLinux from "@sparticuz/chromium";
import { chromium, type Browser } from "playwright-core";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a browser without a window: a packed Chromium on Linux, else the installed Chrome. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch(
    platform() === "linux"
      ? { executablePath: await chromiumForLinux.executablePath(), args: flags }
      : { channel: "chrome", args: flags },
  );
}
