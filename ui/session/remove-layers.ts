import { Hindrance, type ActionContext } from "./action-context.ts";

/** Takes layers away as one step of Undo; a hindrance says why one of them stays. */
export async function removeLayers(
  { channel }: ActionContext,
  layers: readonly string[],
): Promise<void> {
  const { refused } = await channel.ask("removeLayers", { layers: [...layers], isUndoStep: true });
  if (refused[0]) throw new Hindrance(refused[0].message);
}
