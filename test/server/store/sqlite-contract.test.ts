import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openStore } from "../../../server/store/open-store.ts";
import { storeContract } from "../../contract/store-contract.ts";

let parent = "";
let stores = 0;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "spaces-store-"));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

storeContract("SQLite", () =>
  openStore({ folder: join(parent, String((stores += 1))), nowMs: () => 0 }),
);
