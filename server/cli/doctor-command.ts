import { randomBytes } from "node:crypto";
import { access, constants, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { RelayClient } from "#domain/relay-client";
import type { Env } from "../env.ts";
import type { Command, CommandParts } from "./command.ts";
import {
  examineAddress,
  examineAdminPort,
  examineDatabase,
  examineStorage,
} from "./examine-operations.ts";
import { examineS3 } from "./examine-s3.ts";
import type { Finding } from "./finding.ts";
import { openRelay, type OpenRelay } from "./open-relay.ts";
import { DataKeyError, openDataKeys } from "../keys/data-keys.ts";
import type { KeySources } from "../keys/take-key-variables.ts";

/** `spaces doctor` */
export const doctorCommand: Command = {
  usage: [],
  does: ["Looks at everything a relay needs on this machine."],
  run: doctor,
};

const leastNode = 24;
const leastFreeBytes = 1024 ** 3;

async function doctor(_words: readonly string[], parts: CommandParts): Promise<number> {
  const { env, terminal } = parts;
  const opened: OpenRelay[] = [];
  const findings = await examine(env, parts.process.nodeVersion, parts.process.keys, async () => {
    const relay = await openRelay(env, parts.process);
    opened.push(relay);
    return relay.client;
  });
  for (const relay of opened) await relay.close();
  for (const { what, isGood, sentence } of findings) {
    terminal.print(`${isGood ? "ok  " : "BAD "} ${what.padEnd(12)} ${sentence}`);
  }
  return findings.every((finding) => finding.isGood) ? 0 : 1;
}

/** Looks at everything a relay needs on this machine, and says what to do where something is missing. */
async function examine(
  env: Env,
  nodeVersion: string,
  keys: KeySources,
  openClient: () => Promise<RelayClient>,
): Promise<Finding[]> {
  return [
    examineNode(nodeVersion),
    await examineFolder(env.folder),
    await examineSpace(env.folder),
    await examineKeys(keys),
    await examineDatabase(env),
    await examineStorage(env),
    ...(env.s3 ? [await examineS3(env.s3)] : []),
    await examineAddress(env),
    await examineAdminPort(env),
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

async function examineKeys({ dataKey, environment }: KeySources): Promise<Finding> {
  const what = "Keys";
  try {
    const given = `${environment.size} from the environment; those that are set`;
    const keys = await openDataKeys(dataKey, randomBytes).read();
    const place = dataKey.kind === "text" ? "SPACES_KEY" : "path" in dataKey ? dataKey.path : "";
    const sentence = keys
      ? `${given} are sealed under the data key in ${place}. Keep a copy of it apart from the data's.`
      : `${given} will be sealed under a data key that is made at ${place}.`;
    return { what, isGood: true, sentence };
  } catch (error) {
    if (!(error instanceof DataKeyError)) throw error;
    return { what, isGood: false, sentence: error.message };
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
