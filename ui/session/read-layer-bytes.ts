import type { AskOf, PanelEnd } from "#domain/channel";

/** Bytes of a layer's picture, or why there are none, in a sentence. */
export type LayerBytes = { readonly bytes: Uint8Array } | { readonly message: string };

/** Reads the picture of a layer slice by slice. Rejects with a ChannelError. */
export async function readLayerBytes(
  channel: PanelEnd,
  ask: AskOf<"readPicture">,
): Promise<LayerBytes> {
  const answer = await channel.ask("readPicture", ask);
  if ("message" in answer) return answer;
  const { transfer, size } = answer;
  const bytes = new Uint8Array(size);
  try {
    for (let from = 0; from < size;) {
      const slice = await channel.ask("readSlice", { transfer, from });
      // A slice of nothing would be asked for again for ever.
      if (slice.bytes.length === 0 || from + slice.bytes.length > size) {
        return { message: "The picture changed while it was read. Try again." };
      }
      bytes.set(slice.bytes, from);
      from += slice.bytes.length;
    }
  } finally {
    await channel.ask("dropTransfer", { transfer });
  }
  return { bytes };
}
