import { open } from "node:fs/promises";
import process from "node:process";
import { openDiskAssetStore } from "../../server/assets/disk-asset-store.ts";
import { createInspector } from "../../server/assets/inspector.ts";
import { receiveAsset } from "../../server/assets/receive-asset.ts";

// A process that only receives files, as a relay does, and reports what that cost it in memory:
// node receive-file.ts FOLDER WARM-UP-FILE FILE
const [folder = "", warmUp = "", file = ""] = process.argv.slice(2);
const store = await openDiskAssetStore({ folder, minimumFreeBytes: 0 });
const inspector = createInspector();
await receiveAsset({ store, inspector }, readPieces(warmUp));
const before = process.memoryUsage.rss();
const received = await receiveAsset({ store, inspector }, readPieces(file));
const grownBytes = process.resourceUsage().maxRSS * 1024 - before;
await inspector.close();
process.stdout.write(JSON.stringify({ received, grownBytes }));

/** Always the same memory: what the process grows by is then not what waits to be collected. */
async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, "r");
  const buffer = new Uint8Array(64 * 1024);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
