import { openStore } from "../../server/store/open-store.ts";
import { killContract } from "../helpers/kill-contract.ts";

killContract("SQLite", (folder) =>
  Promise.resolve({ databaseUrl: null, openStore: () => openStore({ folder, nowMs: () => 0 }) }),
);
