import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { assetStoreContract } from "../../contract/asset-store-contract.ts";
import { openS3AssetStore } from "../../../server/assets/s3-asset-store.ts";
import { openWayToStorage } from "../../../server/assets/s3-send.ts";
import { systemClock } from "../../../server/clock.ts";
import { makeFolder, removeFolder } from "../../helpers/asset-folder.ts";
import { openS3Server } from "../../helpers/s3-server.ts";

assetStoreContract("S3", async () => {
  const server = await openS3Server();
  server.pageLength = 2;
  const folder = await makeFolder();
  const way = openWayToStorage(server.settings, systemClock);
  return {
    store: await openS3AssetStore({
      settings: server.settings,
      send: way.send,
      relay: "relay-1",
      disk: { folder, minimumFreeBytes: 0 },
    }),
    leftOvers: () => readdir(join(folder, "temp")),
    close: async () => {
      await way.close();
      await server.close();
      await removeFolder(folder);
    },
  };
});
