import { resolve } from "node:path";
import { restoreBackup } from "../backup/restore-backup.ts";
import { UsageError } from "./arguments.ts";
import type { Command } from "./command.ts";
import { openWayToBytes } from "./relay-bytes.ts";

/** `spaces restore` */
export const restoreCommand: Command = {
  usage: ["FOLDER"],
  does: [
    "Puts a backup into an empty data folder (SPACES_DATA), its files to S3 where that is set.",
    "On PostgreSQL: first the database, by pg_restore, then this, then start.",
  ],
  run: async (words, { env, terminal }) => {
    const [source, ...more] = words;
    if (source === undefined || more.length > 0) throw new UsageError("Name one backup.");
    const way = openWayToBytes(env);
    const { assets, missing, madeAtMs } = await restoreBackup({
      ...env,
      source: resolve(source),
      nowMs: () => Date.now(),
      openBytes: way.open,
    }).finally(way.close);
    terminal.print(
      `Restored ${assets.length} files and the state of ${new Date(madeAtMs).toISOString()} to ${env.folder}.`,
    );
    if (missing.length > 0) {
      terminal.print(`${missing.length} files were gone when the backup was made.`);
    }
    terminal.print("Start the relay; its open runs go on. Never start the saved one beside it.");
    return 0;
  },
};
