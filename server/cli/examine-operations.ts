import { join } from "node:path";
import { openDiskAssetStore } from "../assets/disk-asset-store.ts";
import type { Env } from "../env.ts";
import { postgresCodeOf } from "../store/postgres-errors.ts";
import { readPostgres } from "../store/snapshot.ts";
import { StoreGone } from "../store/store-error.ts";
import type { Finding } from "./finding.ts";
import { readRelayAddress } from "./relay-address.ts";
import { isReachable, sendTo } from "./send-to-relay.ts";

const tableMissing = "42P01";

/** The database that relays share, or the folder in its place. */
export async function examineDatabase({ databaseUrl, folder }: Env): Promise<Finding> {
  const what = "Database";
  if (databaseUrl === null) {
    return { what, isGood: true, sentence: `SQLite in ${folder}, for one relay.` };
  }
  const name = `PostgreSQL at ${new URL(databaseUrl).host}`;
  try {
    const { tables, assets } = await readPostgres(databaseUrl);
    const sentence = `${name}, tables of "${tables}", ${assets.length} files named.`;
    return { what, isGood: true, sentence };
  } catch (error) {
    if (postgresCodeOf(error) === tableMissing) {
      return { what, isGood: true, sentence: `${name} answers; no relay has started on it yet.` };
    }
    // Never the server's own words, which may quote the address with its password.
    const said =
      error instanceof StoreGone
        ? "does not answer; start it"
        : "refuses us; look at SPACES_DATABASE_URL";
    return { what, isGood: false, sentence: `${name} ${said}.` };
  }
}

/** Where the bytes are: whether one can be written, and is gone again. */
export async function examineStorage({ folder }: Env): Promise<Finding> {
  const what = "Storage";
  const place = join(folder, "assets", "bytes");
  try {
    const bytes = await openDiskAssetStore({ folder: place, sweepBeforeMs: 0 });
    const staged = await bytes.stage([new Uint8Array(1)], { maxBytes: 1 });
    await staged.discard();
    return { what, isGood: true, sentence: `${place} takes files.` };
  } catch (error) {
    const code = error instanceof Error ? error.message : "unknown";
    return { what, isGood: false, sentence: `${place} takes no files: ${code}` };
  }
}

/** Under which address others reach the relay, asked from here. */
export async function examineAddress({ exposure, port }: Env): Promise<Finding> {
  const what = "Address";
  const { publicUrl, addresses } = exposure;
  if (!publicUrl) {
    const sentence = `http://localhost:${port}, for this machine alone.`;
    return { what, isGood: true, sentence };
  }
  const isGood = await isReachable(new URL("/healthz", publicUrl));
  const sentence = isGood
    ? `${publicUrl.origin} answers; the relay listens at ${addresses.join(" and ")}.`
    : `${publicUrl.origin} does not answer. Look at the proxy, its name and its certificate.`;
  return { what, isGood, sentence };
}

/** The port of the figures; it opens with the relay. */
export async function examineAdminPort({ adminPort, folder }: Env): Promise<Finding> {
  const what = "Admin port";
  if (adminPort === null)
    return { what, isGood: true, sentence: "None; SPACES_ADMIN_PORT sets one." };
  const ask = (port: number) =>
    sendTo(port)({ method: "GET", path: "/readyz", headers: {}, body: null }).then(
      async (answer) => ({ isReady: answer.status === 200, text: await answer.text() }),
      () => null,
    );
  const found = await ask(adminPort);
  if (found) {
    const sentence = found.isReady
      ? `http://localhost:${adminPort}/metrics shows the figures; every part is there.`
      : `The relay takes no requests: ${found.text}`;
    return { what, isGood: found.isReady, sentence };
  }
  const address = await readRelayAddress(folder);
  const isRunning = address !== null && (await ask(address.port)) !== null;
  const sentence = isRunning
    ? `Nothing answers at ${adminPort}; start the relay again with SPACES_ADMIN_PORT set.`
    : `${adminPort} opens with the relay.`;
  return { what, isGood: !isRunning, sentence };
}
