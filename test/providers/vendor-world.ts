import { onTestFinished } from "vitest";
import type { Model } from "#domain/model";
import type { ProviderParts } from "../../server/providers/declaration.ts";
import { CallFailure, type Provider, type ProviderCall } from "../../server/providers/provider.ts";
import { openFaultServer, type Behaviour, type FaultServer } from "../helpers/fault-server.ts";
import { standInInternet } from "../helpers/stand-in-internet.ts";
import { createEgress } from "../../server/egress.ts";
import { VirtualClock } from "../chaos/virtual-clock.ts";
import type { RequestCase, VendorStandIn } from "./vendor-stand-in.ts";

/** The key that every test of a provider uses; it must never be seen outside its header. */
export const vendorSecret = "sk-vendor-canary-5d1f09c2ab";

/** A provider on an internet where one server stands for all of its hosts. */
export interface VendorWorld {
  readonly provider: Provider;
  /** What it was opened with. */
  readonly parts: ProviderParts;
  readonly server: FaultServer;
  readonly clock: VirtualClock;
  /** Another process of the relay: it knows nothing but what was stored. */
  readonly reopened: () => Provider;
  call(asked: RequestCase, changes?: Partial<ProviderCall>): ProviderCall;
}

/** Opens a vendor that behaves as told; closed at the end of the test. */
export async function openVendor(
  vendor: VendorStandIn,
  behave: Behaviour = vendor.good,
): Promise<VendorWorld> {
  const { declaration, fileHosts, ownServer = null } = vendor;
  const server = await openFaultServer(behave);
  const clock = new VirtualClock();
  const hosts = [...originsOf(vendor).map((origin) => new URL(origin).hostname), ...fileHosts];
  const wires = standInInternet(
    server.port,
    Object.fromEntries(hosts.map((host) => [host, [["1.1.1.1"]]])),
  );
  const egress = createEgress({
    clock,
    ownOrigins: ownServer ? [ownServer] : [],
    note: () => undefined,
    wires,
  });
  onTestFinished(async () => {
    await egress.close();
    await server.close();
  });
  const parts = { egress, clock, publicUrl: null, ownServer };
  const open = () => declaration.open(parts);
  const key = declaration.key && { version: "1", reveal: () => vendorSecret };
  const provider = open();
  await provider.refresh?.({ key });
  return {
    provider,
    parts,
    server,
    clock,
    reopened: open,
    call: ({ model, request }, changes = {}) => ({
      reference: "ref-0123456789abcdef",
      model,
      request,
      seed: 7,
      key,
      hookPath: null,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...changes,
    }),
  };
}

/** The origins that a vendor is asked at. */
export function originsOf({ declaration, ownServer }: VendorStandIn): readonly string[] {
  return ownServer === undefined ? (declaration.key?.origins ?? []) : [ownServer];
}

/** The model of a request. */
export function modelOf({ provider }: VendorWorld, { model }: RequestCase): Model {
  const found = provider.models().find(({ id }) => id === model);
  if (!found) throw new Error(`There is no model ${model}.`);
  return found;
}

/** What a call failed by; throws what is no expected failure, and when it went through. */
export async function failureOf(work: Promise<unknown>): Promise<CallFailure> {
  const error: unknown = await work.then(
    () => new Error("It went through."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CallFailure)) throw error;
  return error;
}
