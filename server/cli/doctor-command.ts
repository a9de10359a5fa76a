import { access, constants, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { RelayClient } from "#domain/relay-client";
import type { Env } from "../env.ts";
import { examineStorage } from "./examine-storage.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly isGood: boolean;
  readonly sentence: string;
}

const leastNode = 24;
const leastFreeBytes = 1024 ** 3;

/** Looks at everything a relay needs on this machine, and says what to do where something is missing. */
export async function examine(
  env: Env,
  nodeVersion: string,
  openClient: () => Promise<RelayClient>,
): Promise<Finding[]> {
  return [
    examineNode(nodeVersion),
    await examineFolder(env.folder),
    await examineSpace(env.folder),
    ...(env.s3 ? [{ what: "Storage", ...(await examineStorage(env.s3)) }] : []),
    ...(await examineRelay(openClient)),
  ];
}

function examineNode(version: string): Finding {
  const isGood = Number(version.split(".")[0]) >= leastNode;
  const sentence = isGood ? `${version}, brought by the project.` : `${version}; run npm install.`;
  return { what: "Node", isGood, sentence };
}

async function examineFolder(folder: string): Promise<Finding> {
  const existing = await nearestExisting(folder);
  try {
    await access(existing, constants.W_OK);
    return { what: "Data folder", isGood: true, sentence: `${folder} can be written.` };
  } catch {
    const sentence = `${folder} cannot be written; set SPACES_DATA to a folder that can.`;
    return { what: "Data folder", isGood: false, sentence };
  }
}

async function examineSpace(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestExisting(folder));
  const isGood = bavail * bsize > leastFreeBytes;
  const gigabytes = ((bavail * bsize) / 1e9).toFixed(1);
  const sentence = isGood ? `${gigabytes} GB free.` : `Only ${gigabytes} GB free; make room first.`;
  return { what: "Disk", isGood, sentence };
}

async function examineRelay(openClient: () => Promise<RelayClient>): Promise<Finding[]> {
  try {
    const client = await openClient();
    const status = await client.call("status", { body: undefined });
    const { models } = await client.call("models", { body: undefined });
    const ready = models.filter((model) => model.unavailable === null);
    return [
      {
        what: "Relay",
        isGood: true,
        sentence: `${status.relay.slice(0, 8)}, version ${status.version}, ${status.balance} credits.`,
      },
      {
        what: "Models",
        isGood: ready.length > 0,
        sentence: `${ready.length} of ${models.length} can run: ${ready.map((model) => model.title).join(", ")}.`,
      },
    ];
  } catch (error) {
    const sentence = error instanceof Error ? error.message : "It does not start.";
    return [{ what: "Relay", isGood: false, sentence }];
  }
}

async function nearestExisting(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      await access(path);
      return path;
    } catch {
      if (dirname(path) === path) return path;
    }
  }
}
