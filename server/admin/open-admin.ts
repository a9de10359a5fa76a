import { Registry } from "prom-client";
import { borderRules } from "../border.ts";
import { listenOn, loopback } from "../listen.ts";
import type { Metrics } from "../metrics.ts";
import type { Readiness } from "../readiness.ts";
import { createAdminApp } from "./admin-app.ts";
import { countMetrics } from "./count-metrics.ts";
import { watchFigures, type WatchedParts } from "./watch-figures.ts";

/** The counters of a relay, from before it is open. */
export interface Admin {
  readonly metrics: Metrics;
  /** Shows them on a port of this machine; answers that port. */
  listen(port: number, parts: WatchedParts & { readonly readiness: Readiness }): Promise<number>;
  /** Ends the port. */
  close(): Promise<void>;
}

/** Counters in a registry of their own, which nothing else in the process shares. */
export function createAdmin(): Admin {
  const registry = new Registry();
  const closing: (() => Promise<unknown>)[] = [];
  return {
    metrics: countMetrics(registry),
    listen: async (port, parts) => {
      const watch = watchFigures(registry, parts);
      const scrape = async () => {
        await watch.refresh();
        return { text: await registry.metrics(), type: registry.contentType };
      };
      const listener = await listenOn(loopback, port, (bound) =>
        createAdminApp({
          rules: () => borderRules(bound()),
          readiness: parts.readiness,
          scrape,
        }),
      );
      closing.push(async () => {
        watch.stop();
        const ended = listener.stopAccepting();
        listener.endAll();
        await ended;
      });
      return listener.port;
    },
    close: async () => {
      await Promise.all(closing.splice(0).map((close) => close()));
    },
  };
}
