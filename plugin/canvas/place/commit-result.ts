import type { PlaceContent } from "#domain/place-content";
import type { PlaceOutcome } from "#domain/place-outcome";
import { writeRecord } from "../draw/write-records.ts";
import { orNothing, type TakeBack } from "../draw/or-nothing.ts";
import { findCard } from "../draw/parts.ts";
import { pageOf } from "../find-layer.ts";
import { namespace } from "../read/read-records.ts";
import { arrangeCard } from "./arrange-card.ts";
import { findPlaced, readResult } from "./find-results.ts";
import { homeOf, putResult, widthAt } from "./put-result.ts";
import { replaceIn, type Replaceable } from "./replace-result.ts";
import type { PreparedRung } from "./rung.ts";

/** A result with everything that it needs to be written, and where it goes. */
export interface Commit {
  readonly node: SceneNode | PageNode;
  readonly content: PlaceContent;
  readonly prepared: PreparedRung;
  /** What it is shown in; null for a layer of its own. */
  readonly replaced: Replaceable | null;
}

/** A canvas that did not take this rung, with nothing left of it there. */
interface Refused {
  readonly kind: "refused";
  readonly error: unknown;
}

/**
 * Writes a result in one go, as one step for Undo: from looking at the lease to the end nothing is
 * waited for, so nobody comes in between. What was begun is taken back where it fails.
 */
export function commitResult(commit: Commit): PlaceOutcome | Refused {
  const { prepared, replaced } = commit;
  const outcome = reasonAgainst(commit);
  if (outcome) {
    takeAway(prepared);
    return outcome;
  }
  // A link preview began its step when it was made.
  if (!prepared.madeAlready) figma.commitUndo();
  try {
    return orNothing((takeBack) => {
      takeBack(() => {
        takeAway(prepared);
      });
      return replaced?.kind === "layer"
        ? replace(replaced.layer, commit, takeBack)
        : stack(commit, takeBack);
    });
  } catch (error) {
    return { kind: "refused", error };
  } finally {
    figma.commitUndo();
  }
}

/** What stands against writing at the last moment: time ran out, or the canvas is another by now. */
function reasonAgainst({ node, content, replaced }: Commit): PlaceOutcome | null {
  if (Date.now() >= content.leaseEndsAtMs) return { kind: "late" };
  if (node.removed) return { kind: "orphaned" };
  const page = pageOf(node);
  const found = page && findPlaced(page, content.record.pid);
  if (found) return { kind: "found", layer: found.id };
  if (replaced?.kind === "none") return { kind: "failed", message: replaced.message };
  return null;
}

function takeAway({ madeAlready }: PreparedRung): void {
  if (madeAlready && !madeAlready.removed) madeAlready.remove();
}

function stack({ node, content, prepared }: Commit, takeBack: TakeBack): PlaceOutcome {
  const { home, note } = homeOf(node);
  const layer = prepared.make(widthAt(home));
  takeBack(() => {
    layer.remove();
  });
  layer.name = content.title;
  describe(layer, content);
  writeRecord(layer, "res", JSON.stringify(content.record));
  putResult(layer, home, content, takeBack);
  const notes = [...prepared.notes, ...(note === null ? [] : [note])];
  return { kind: "placed", layer: layer.id, rung: prepared.kind, notes };
}

function replace(
  layer: SceneNode,
  { node, content, prepared }: Commit,
  takeBack: TakeBack,
): PlaceOutcome {
  const { name } = layer;
  const before = layer.getSharedPluginData(namespace, "res");
  const buttons = layer.getRelaunchData();
  const isResult = readResult(layer) !== null && layer.id !== node.id;
  takeBack(() => {
    layer.setSharedPluginData(namespace, "res", before);
    if (!isResult) return;
    layer.name = name;
    layer.setRelaunchData(buttons);
  });
  replaceIn(layer, prepared, isResult, takeBack);
  writeRecord(layer, "res", JSON.stringify(content.record));
  if (isResult) {
    layer.name = content.title;
    describe(layer, content);
  }
  const card = node.type === "PAGE" ? null : findCard(node);
  if (card) arrangeCard(card, content.record.runId, takeBack);
  return { kind: "placed", layer: layer.id, rung: prepared.kind, notes: [...prepared.notes] };
}

/** The description is what the editor shows of a layer beside its name, under its button. */
function describe(layer: SceneNode, { title, description }: PlaceContent): void {
  layer.setRelaunchData({ openNode: description === "" ? title : description });
}
