import { Hono, type Context } from "hono";
import { checkHost, setHeaders, type BorderRules } from "../border.ts";
import { ownRoutes } from "../declared-routes.ts";
import { neededParts, type Readiness } from "../readiness.ts";
import { Refusal } from "../refusal.ts";

/** What the admin listener shows. */
export interface AdminParts {
  readonly rules: () => BorderRules;
  readonly readiness: Readiness;
  /** All figures in the exposition format of Prometheus, and its content type. */
  readonly scrape: () => Promise<{ readonly text: string; readonly type: string }>;
}

/**
 * What operators see on a port of its own, from this machine alone. The probes answer to any Host, as
 * whoever probes puts its own name there; the figures to the names of this machine, so that no web page
 * reads them.
 */
export function createAdminApp(parts: AdminParts): Hono {
  const app = new Hono();
  app.use(setHeaders());
  app.get(ownRoutes.healthz.path, (context) => context.json({ ok: true }));
  app.get(ownRoutes.readyz.path, (context) => tellParts(parts.readiness, context));
  app.get("/metrics", checkHost(parts.rules), async (context) => {
    const { text, type } = await parts.scrape();
    return context.body(text, 200, { "Content-Type": type });
  });
  app.notFound((context) => context.text("There is no such page.\n", 404));
  app.onError((error, context) => {
    if (error instanceof Refusal) return context.text(`${error.message}\n`, 421);
    return context.text("The figures cannot be read.\n", 500);
  });
  return app;
}

async function tellParts(readiness: Readiness, context: Context): Promise<Response> {
  const missing = await readiness.missing();
  const parts = Object.fromEntries(neededParts.map((part) => [part, !missing.includes(part)]));
  return context.json({ ok: missing.length === 0, parts }, missing.length === 0 ? 200 : 503);
}
