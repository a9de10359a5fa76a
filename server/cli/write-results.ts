import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { MediaType } from "#domain/asset";
import type { Graph } from "#domain/graph";
import type { Item } from "#domain/item";
import type { RunSummary } from "#domain/relay";
import type { Run } from "#domain/run";
import type { Version } from "#domain/version";

const endings: Readonly<Record<MediaType, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/avif": "avif",
  "image/svg+xml": "svg",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "video/webm": "webm",
  "audio/mpeg": "mp3",
  "audio/wav": "wav",
  "audio/ogg": "ogg",
  "text/plain": "txt",
};

/** A run with everything that `run.json` and the result files say. */
export interface RunReport {
  readonly summary: RunSummary;
  readonly run: Run;
  readonly graph: Graph;
  readonly fetchAsset: (hash: string) => Promise<Uint8Array>;
}

/**
 * Writes every result of a run into a folder, then `run.json`: nodes, versions, asset hashes, cost.
 * Each file appears whole or not at all. Answers the names that were written.
 */
export async function writeResults(folder: string, report: RunReport): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  const nodes = [];
  for (const [id, step] of Object.entries(report.run.steps)) {
    const node = report.graph.nodes.find((each) => each.id === id);
    const files = step.version
      ? await writeVersion(
          folder,
          `${slugOf(node?.title ?? id)}-${slugOf(id)}`,
          step.version,
          report,
        )
      : [];
    written.push(...files.map((file) => file.name));
    nodes.push({
      id,
      type: node?.type,
      title: node?.title,
      state: step.state,
      failure: step.failure,
      version: step.version,
      files,
    });
  }
  const { summary } = report;
  const text = JSON.stringify(
    {
      run: summary.id,
      state: summary.state,
      credits: summary.credits,
      microDollars: summary.microDollars,
      startedAtMs: summary.startedAtMs,
      endedAtMs: summary.endedAtMs,
      nodes,
    },
    null,
    2,
  );
  await writeWhole(folder, "run.json", `${text}\n`);
  return [...written, "run.json"];
}

interface ResultFile {
  readonly name: string;
  readonly sha256: string | null;
}

async function writeVersion(
  folder: string,
  stem: string,
  version: Version,
  report: RunReport,
): Promise<ResultFile[]> {
  const files: ResultFile[] = [];
  for (const [at, item] of version.items.entries()) {
    const name = `${stem}${version.items.length > 1 ? `-${at + 1}` : ""}.${endingOf(item)}`;
    await writeWhole(
      folder,
      name,
      item.kind === "text" ? item.text : await report.fetchAsset(item.asset.hash),
    );
    files.push({ name, sha256: item.kind === "asset" ? item.asset.hash : null });
  }
  return files;
}

async function writeWhole(folder: string, name: string, content: string | Uint8Array) {
  const temporary = join(folder, `.${name}.part`);
  await writeFile(temporary, content);
  await rename(temporary, join(folder, name));
}

function endingOf(item: Item): string {
  return item.kind === "text" ? "txt" : endings[item.asset.mediaType];
}

/** Letters, digits and dashes of a title, at most 40, so that it is a safe file name anywhere. */
function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return slug.slice(0, 40) || "node";
}
