import { join, resolve } from "node:path";
import { openDiskAssetStore } from "../assets/disk-asset-store.ts";
import { takeBackup } from "../backup/take-backup.ts";
import { UsageError } from "./arguments.ts";
import type { Command } from "./command.ts";

/** `spaces backup` */
export const backupCommand: Command = {
  usage: ["FOLDER"],
  does: [
    "Saves the relay's data to a folder that is not there yet; the relay may go on working.",
    "On PostgreSQL it saves the files alone: save the database before, by pg_dump.",
  ],
  run: async (words, { env, process, terminal }) => {
    const [target, ...more] = words;
    if (target === undefined || more.length > 0) throw new UsageError("Name one folder.");
    if (env.s3) {
      throw new Error(
        `The relay's files are on S3. Save the bucket "${env.s3.bucket}" and the database with their own tools; the bucket last.`,
      );
    }
    // Nothing of a relay at work is swept: what is on its way stays.
    const folder = join(env.folder, "assets", "bytes");
    const { assets, missing, database } = await takeBackup({
      ...env,
      openBytes: () => openDiskAssetStore({ folder, sweepBeforeMs: 0 }),
      target: resolve(target),
      version: process.version,
      nowMs: Date.now(),
    });
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
