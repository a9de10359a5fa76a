import process from "node:process";
import * as z from "zod";
import { systemClock, type Clock } from "../../server/clock.ts";
import { noFailpoints } from "../../server/failpoint.ts";
import { takeHook } from "../../server/run/take-hook.ts";
import { openDiskHost } from "./open-disk-host.ts";
import { pressRun } from "./run-harness.ts";
import { createServiceProvider } from "./service-provider.ts";
import { requestOfParent } from "./several-relays.ts";

// A process of its own with a relay's runs on a database that it shares with others: it presses Run and
// takes webhooks as its parent asks, works on whatever runs there are, and may be killed at any moment.

const settings = z
  .object({
    FOLDER: z.string(),
    DATABASE: z.url(),
    SERVICES: z.string(),
    START_MS: z.coerce.number(),
  })
  .parse(process.env);
const services = z
  .array(z.object({ recovery: z.enum(["A", "B", "C", "D"]), url: z.url() }))
  .parse(JSON.parse(settings.SERVICES));

/** The time of runs goes forty times as fast, so that a deadline of five minutes comes in the test. */
const speed = 40;
const clock: Clock = {
  nowMs: () => settings.START_MS + (Date.now() - settings.START_MS) * speed,
  sleep: (durationMs, signal) => systemClock.sleep(durationMs / speed, signal),
};
const { parts, host } = await openDiskHost({
  folder: settings.FOLDER,
  databaseUrl: settings.DATABASE,
  leaseMs: 1_500,
  providers: services.map(({ recovery, url }) =>
    createServiceProvider(url, recovery, `far-${recovery.toLowerCase()}`),
  ),
  clock,
  reach: noFailpoints,
  isShared: true,
});
await host.start();
process.on("message", (message) => {
  const request = requestOfParent.parse(message);
  if (request.kind === "hook") {
    const news = { ...request, id: request.handle };
    void takeHook(parts, request.provider, news).catch(() => undefined);
    return;
  }
  const { key, file, graph } = request;
  pressRun(host, graph, { mode: "all" }, { key, file }).then(
    () => process.send?.(key),
    // The parent presses again, here or elsewhere.
    () => undefined,
  );
});
// Nobody is left behind where the parent was killed.
process.once("disconnect", () => process.exit());
process.send?.("ready");
