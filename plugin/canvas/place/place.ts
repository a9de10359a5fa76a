import type { PlaceContent } from "#domain/place-content";
import type { PlaceOutcome } from "#domain/place-outcome";
import { findCard } from "../draw/parts.ts";
import { sentenceFor } from "../sentence-for.ts";
import { findLayer, pageOf } from "../find-layer.ts";
import { commitResult, type Commit } from "./commit-result.ts";
import { findPlaced } from "./find-results.ts";
import { prepareRung } from "./prepare-rung.ts";
import { findReplaceable, isForSlot, type Replaceable } from "./replace-result.ts";
import type { PreparedRung } from "./rung.ts";

/**
 * Puts a result on the canvas, once (figma-platform.md 11.6, steps 3 to 5): looks for its marker, gets
 * everything ready without writing, then writes in one go. The rungs are tried from the best on.
 */
export async function place(content: PlaceContent): Promise<PlaceOutcome> {
  const node = await findTarget(content.node);
  const page = node ? pageOf(node) : figma.currentPage;
  const found = page && findPlaced(page, content.record.pid);
  if (found) return { kind: "found", layer: found.id };
  if (!node) return { kind: "orphaned" };
  const problems: string[] = [];
  for (const rung of content.rungs) {
    const prepared = await tryPrepare(rung, content, problems);
    if (prepared === "read-only") return readOnly();
    if (!prepared) continue;
    const replaced = await chooseReplaced(node, content, prepared);
    const outcome = commitResult({ node, content, prepared, replaced });
    if (outcome.kind !== "refused") return outcome;
    if (isReadOnly(outcome.error)) return readOnly();
    problems.push(sentenceFor(outcome.error));
  }
  return { kind: "failed", message: problems[0] ?? "There was no way to show this result." };
}

/** A page stands for the middle of the screen: where a result goes whose node is gone. */
async function findTarget(id: string): Promise<Commit["node"] | null> {
  const layer = await findLayer(id);
  if (layer) return layer;
  const page = await figma.getNodeByIdAsync(id);
  if (page?.type !== "PAGE") return null;
  await page.loadAsync();
  return page;
}

async function tryPrepare(
  rung: PlaceContent["rungs"][number],
  content: PlaceContent,
  problems: string[],
): Promise<PreparedRung | "read-only" | null> {
  try {
    return await prepareRung(rung, content);
  } catch (error) {
    if (isReadOnly(error)) return "read-only";
    problems.push(sentenceFor(error));
    return null;
  }
}

/** What is replaced; null where the result gets a layer of its own. A slot is asked about, not passed by. */
async function chooseReplaced(
  node: Commit["node"],
  content: PlaceContent,
  prepared: PreparedRung,
): Promise<Replaceable | null> {
  if (content.mode !== "replace" || node.type === "PAGE" || node.removed) return null;
  const found = await findReplaceable(node, prepared);
  const mustBeThere = isForSlot(content) && !findCard(node);
  return found.kind === "layer" || mustBeThere ? found : null;
}

/** In Figma's words, what a person without edit rights gets for every write. */
function isReadOnly(error: unknown): boolean {
  return error instanceof Error && /read-only|not allowed to edit|edit access/i.test(error.message);
}

function readOnly(): PlaceOutcome {
  const message =
    "You can view this file but not edit it, so its results wait for somebody who can.";
  return { kind: "read-only", message };
}
