import { join, resolve } from "node:path";
import { takeBackup } from "../backup/take-backup.ts";
import { UsageError } from "./arguments.ts";
import type { Command } from "./command.ts";
import { openWayToBytes } from "./relay-bytes.ts";

/** `spaces backup` */
export const backupCommand: Command = {
  usage: ["FOLDER"],
  does: [
    "Saves the relay's data, also files on S3, to a folder that is not there yet, while it works.",
    "On PostgreSQL it saves the files alone: save the database before, by pg_dump.",
  ],
  run: async (words, { env, process, terminal }) => {
    const [target, ...more] = words;
    if (target === undefined || more.length > 0) throw new UsageError("Name one folder.");
    const way = openWayToBytes(env);
    const { assets, missing, database } = await takeBackup({
      ...env,
      openBytes: (relay) => way.open(join(env.folder, "assets"), relay),
      target: resolve(target),
      version: process.version,
      nowMs: Date.now(),
    }).finally(way.close);
    const size = assets.reduce((sum, each) => sum + each.bytes, 0);
    terminal.print(`Saved ${assets.length} files, ${(size / 1e6).toFixed(1)} MB, to ${target}.`);
    terminal.print(
      database.kind === "file"
        ? "The key that seals the providers' keys is not in it. Keep that elsewhere."
        : "The database is not in it: that is what pg_dump saves, and it has to be made before.",
    );
    if (missing.length === 0) return 0;
    const named = missing.slice(0, 5).map(({ hash }) => hash);
    terminal.print(
      `${missing.length} files are named by the relay and gone or damaged: ${named.join(", ")}.`,
    );
    return 1;
  },
};
