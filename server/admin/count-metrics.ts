import { Counter, Gauge, type Registry } from "prom-client";
import type { Metrics } from "../metrics.ts";

/** Counts in a registry of Prometheus. */
export function countMetrics(registry: Registry): Metrics {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `spaces_${name}_total`, help, labelNames, registers });
  const refusals = counter("refusals", "Requests that were refused.", ["route", "code"]);
  const failures = counter("provider_failures", "Calls that a provider failed.", [
    "provider",
    "code",
  ]);
  const retries = counter("retries", "Calls that were tried again.", ["provider"]);
  const streams = counter("streams", "Event streams that were opened.", []);
  const resets = counter("stream_resets", "Streams asked for from a number to come.", []);
  const waits = counter("database_waits", "Writes that waited for another program's lock.", []);
  const troubles = counter("database_failures", "Commits that failed.", ["kind"]);
  const open = new Gauge({
    name: "spaces_streams_open",
    help: "Event streams that are open.",
    registers,
  });
  return {
    refused: (route, code) => refusals.inc({ route, code }),
    providerFailed: (provider, code) => failures.inc({ provider, code }),
    retried: (provider) => retries.inc({ provider }),
    streamOpened: () => {
      streams.inc();
      open.inc();
      return () => open.dec();
    },
    streamReset: () => resets.inc(),
    databaseWaited: () => waits.inc(),
    databaseFailed: (kind) => troubles.inc({ kind }),
  };
}
