import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { Hono, type Context } from "hono";

/** What the playground is made of; anything else in its folder is not served. */
const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".ttf": "font/ttf",
};

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

const indexFile = "index.html";
const frameFile = "panel-frame.html";

/**
 * Serves the playground from the folder it was built into: the files that lie there now, by name, and
 * nothing else. Null where it was not built.
 */
export async function openPlayground(folder: string): Promise<Hono | null> {
  const listed = await readdir(folder).catch(() => []);
  const files = new Set(listed.filter((file) => mediaTypes[extname(file)] !== undefined));
  if (!files.has(indexFile)) return null;
  const app = new Hono();
  const serve = async (context: Context, file: string): Promise<Response> =>
    context.body(await readFile(join(folder, file)), 200, {
      "Content-Type": mediaTypes[extname(file)] ?? "application/octet-stream",
      "Content-Security-Policy": file === frameFile ? framePolicy : pagePolicy,
    });
  app.get("/playground", (context) => serve(context, indexFile));
  app.get("/playground/:file", (context, next) => {
    const file = context.req.param("file");
    return files.has(file) ? serve(context, file) : next();
  });
  return app;
}
