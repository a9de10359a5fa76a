import type { Hono } from "hono";
import { openBuiltPage } from "./built-page.ts";

/** The page runs its own files and QuickJS, shows pictures it made, and talks to this relay alone. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The frame that a panel is written into has the policy of the plugin's manifest, which stands in what
 * is written. The relay adds that it has no origin, also where somebody opens it by itself.
 */
const framePolicy =
  "sandbox allow-scripts allow-modals allow-forms allow-popups allow-downloads; frame-ancestors 'self'";

const frameFile = "panel-frame.html";

/** Serves the playground at /playground from the folder it was built into; null where it was not. */
export function openPlayground(folder: string): Promise<Hono | null> {
  return openBuiltPage({
    folder,
    path: "/playground",
    headersOf: (file) => ({
      "Content-Security-Policy": file === frameFile ? framePolicy : pagePolicy,
    }),
  });
}
