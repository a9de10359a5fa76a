import * as z from "zod/mini";
import { idSchema, textSchema } from "./well-formed.ts";

/** A number that a relay gives out with each opening of a file; far from the largest exact integer. */
export const generationSchema = z.int().check(z.minimum(0), z.maximum(1e15));

/**
 * A session that shows what it found in its file: the file's Spaces id, the generation in the file's
 * root, the file's name, and Figma's key of it where Figma tells it.
 */
export const fileStandSchema = z.object({
  file: idSchema,
  generation: generationSchema,
  name: textSchema(1_000),
  fileKey: z.nullable(idSchema),
  session: idSchema,
});
/** A session that shows what it found in its file. */
export type FileStand = z.infer<typeof fileStandSchema>;

/**
 * What becomes of a session. "open" with the generation to write into the file's root; or "behind":
 * another file, or a later state of this one, was opened under the same id, with that name, then.
 */
export const fileVerdictSchema = z.discriminatedUnion("verdict", [
  z.object({ verdict: z.literal("open"), generation: z.int() }),
  z.object({ verdict: z.literal("behind"), name: z.string(), openedAtMs: z.int() }),
]);

/** What a relay remembers of a file: the newest generation, and what it was given to. */
export interface FileFence {
  readonly generation: number;
  readonly name: string;
  readonly fileKey: string | null;
  readonly session: string;
  readonly openedAtMs: number;
}

/** Whether a session is let in, and the fence as it is afterwards, whose generation it then holds. */
export interface Opening {
  readonly isOpen: boolean;
  readonly fence: FileFence;
}

/**
 * Whether a file may be the one that the fence knows (figma-platform.md 11.4). A copy of a file holds
 * its id; the two differ in what happened since: only in one of them the root shows the newest
 * generation. Figma's keys, where both are known, decide alone. The newest session is let in with any
 * root, for its write may still be on its way; a session that was let in before (`isKnown`) and shows
 * the newest generation has proved to be in the same file and uses up none. One that is not let in is
 * behind, and a person decides. A session's id is new with each start of a panel and never kept in a
 * file, where a copy would have it too.
 */
export function judgeOpening(
  fence: FileFence | null,
  stand: FileStand,
  isKnown: boolean,
  nowMs: number,
): Opening {
  if (fence === null) return { isOpen: true, fence: giveGeneration(null, stand, nowMs) };
  const isNewest = fence.session === stand.session;
  const isHere =
    fence.fileKey !== null && stand.fileKey !== null
      ? fence.fileKey === stand.fileKey
      : isNewest || stand.generation >= fence.generation;
  if (!isHere) return { isOpen: false, fence };
  if (isKnown && stand.generation <= fence.generation) return { isOpen: true, fence };
  const keyed = { ...stand, fileKey: stand.fileKey ?? fence.fileKey };
  return { isOpen: true, fence: giveGeneration(fence, keyed, nowMs) };
}

/**
 * Gives this file the id from now on, as "keep it here" does too: every other session must show anew
 * that it is in this one.
 */
export function giveGeneration(
  fence: FileFence | null,
  stand: FileStand,
  nowMs: number,
): FileFence {
  const { name, fileKey, session } = stand;
  const generation = Math.max(fence?.generation ?? 0, stand.generation) + 1;
  return { generation, name, fileKey, session, openedAtMs: nowMs };
}

/**
 * Whether a session that was last given this generation may place results. Only the newest may: after
 * any other opening a session first shows that it is still in the same file. A file that nobody has
 * opened is not fenced.
 */
export function mayPlace(fence: FileFence | null, given: number | null): boolean {
  return fence === null || fence.generation === given;
}
