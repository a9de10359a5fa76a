import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { NodeType } from "#domain/nodes/index";
import { freepik, magnific } from "../../server/providers/magnific/index.ts";
import { checkLedger } from "../../server/store/check-ledger.ts";
import { openStore } from "../../server/store/open-store.ts";
import { openFaultServer, type FaultServer } from "../helpers/fault-server.ts";
import { awaitEnd, graphOfOne, pressNodes } from "../helpers/press-nodes.ts";
import { startRelayProcess, type RelayProcess } from "../helpers/relay-process.ts";
import { bflStandIn } from "../providers/bfl-stand-in.ts";
import { falCases, falStandIn } from "../providers/fal-stand-in.ts";
import { omniStandIn } from "../providers/google-omni-stand-in.ts";
import { googleStandIn } from "../providers/google-stand-in.ts";
import { standIn as magnificStandIn } from "../providers/magnific-stand-in.ts";
import { replicateStandIn } from "../providers/replicate-stand-in.ts";
import { smallPng } from "../providers/request-parts.ts";
import { runwayCases, runwayStandIn } from "../providers/runway-stand-in.ts";
import type { VendorStandIn } from "../providers/vendor-stand-in.ts";
import { vendorSecret } from "../providers/vendor-world.ts";
import { xaiStandIn } from "../providers/xai-stand-in.ts";

type Stand = Omit<VendorStandIn, "requests">;

/** xAI's clips, with bytes that the relay takes. */
const xaiClips: Stand = {
  ...xaiStandIn,
  fileHosts: ["vidgen.x.ai"],
  good: (response, arrived) => {
    if (arrived.headers.host === "vidgen.x.ai") response.end(smallPng());
    else xaiStandIn.good(response, arrived);
  },
};

/** Whoever makes jobs, and one of its models that makes something from a prompt. */
const vendors: readonly (readonly [Stand, model: string, NodeType?])[] = [
  [bflStandIn, "bfl:flux-2-pro"],
  [falStandIn(falCases), "fal:google/nano-banana-2.1"],
  [replicateStandIn, "replicate:black-forest-labs/flux-3-image"],
  [runwayStandIn(runwayCases), "runway:seedream5_pro"],
  [magnificStandIn(magnific, [], null), "magnific:flux-2-pro"],
  [magnificStandIn(freepik, [], null), "freepik:flux-2-pro"],
  [googleStandIn, "google:veo-3.1-fast-generate-preview", "video-generator"],
  [omniStandIn, "google:gemini-omni-1.1-flash", "video-generator"],
  [xaiClips, "xai:grok-imagine-video-1.5", "video-generator"],
];
const preload = [fileURLToPath(new URL("../helpers/stand-in-wires.ts", import.meta.url))];

/** Between the paid request and its result: nothing was asked about it yet, or it is in hand and not kept. */
const places = ["afterJobSaved", "afterDownload"] as const;
const cases = vendors.flatMap(([vendor, model, type = "image-generator"]) =>
  places.map((place) => ({ name: model, place, vendor, model, type })),
);

let folder: string;
let server: FaultServer | null = null;
const processes: RelayProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-kill-provider-"));
});
afterEach(async () => {
  for (const { child } of processes.splice(0)) child.kill("SIGKILL");
  await server?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Starts the relay as people do, with a key of this vendor, whose hosts are all the server of the test. */
async function start({ declaration, fileHosts }: Stand, port: number, failpoints = "") {
  const { origins, variables } = declaration.key ?? { origins: [], variables: [] };
  const hosts = [...origins.map((origin) => new URL(origin).hostname), ...fileHosts];
  const relay = await startRelayProcess(
    folder,
    {
      STAND_IN_INTERNET: JSON.stringify({ port, hosts }),
      [variables[0] ?? ""]: vendorSecret,
      SPACES_FAILPOINTS: failpoints,
    },
    preload,
  );
  processes.push(relay);
  return relay;
}

describe("F4, F5: a relay that is killed while a provider works", () => {
  test.each(cases)(
    "$name, $place: the next one finds the job and asks for it no second time",
    async ({ place, vendor, model, type }) => {
      server = await openFaultServer(vendor.good);
      const first = await start(vendor, server.port, `${place}:1=kill`);
      const graph = graphOfOne(type, model, "A red apple");
      const run = await pressNodes(first.client, "press-of-the-run", graph);
      expect((await first.ended).signal).toBe("SIGKILL");

      const second = await start(vendor, server.port);
      expect((await awaitEnd(second.client, run.id)).state).toBe("done");
      const paid = server.arrived.filter((each) => vendor.isPaid(each));
      expect(paid).toHaveLength(1);
      expect(first.errors() + second.errors()).not.toContain(vendorSecret);
      second.child.kill("SIGTERM");
      expect(await second.ended).toEqual({ code: 0, signal: null });
      await expectOrder();
    },
    60_000,
  );
});

/** What the store must be like: one attempt, settled, and books that are right. */
async function expectOrder(): Promise<void> {
  const store = await openStore({ folder, nowMs: () => 0 });
  try {
    expect(await checkLedger(store.database)).toEqual([]);
    const attempts = await store.database.selectFrom("attempt").select(["node", "state"]).execute();
    expect(attempts).toEqual([{ node: "1:1", state: "settled" }]);
  } finally {
    await store.close();
  }
}
