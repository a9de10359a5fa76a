import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { Hono, type Context } from "hono";

/** What pages are made of; anything else in their folder is not served. */
const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".ttf": "font/ttf",
};

const indexFile = "index.html";

/** A page that was built into a folder. */
export interface BuiltPage {
  readonly folder: string;
  /** Where it is served; its files lie below. */
  readonly path: `/${string}`;
  /** What a file of it is sent with, its Content-Security-Policy above all. */
  readonly headersOf: (file: string) => Readonly<Record<string, string>>;
}

/**
 * Serves a page from the folder it was built into: the files that lie there now, by name, and nothing
 * else. Null where it was not built.
 */
export async function openBuiltPage({ folder, path, headersOf }: BuiltPage): Promise<Hono | null> {
  const listed = await readdir(folder).catch(() => []);
  const files = new Set(listed.filter((file) => mediaTypes[extname(file)] !== undefined));
  if (!files.has(indexFile)) return null;
  const app = new Hono();
  const serve = async (context: Context, file: string): Promise<Response> =>
    context.body(await readFile(join(folder, file)), 200, {
      "Content-Type": mediaTypes[extname(file)] ?? "application/octet-stream",
      ...headersOf(file),
    });
  app.get(path, (context) => serve(context, indexFile));
  app.get(`${path}/:file`, (context, next) => {
    const file = context.req.param("file");
    return files.has(file) ? serve(context, file) : next();
  });
  return app;
}
