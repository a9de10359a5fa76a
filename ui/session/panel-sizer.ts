import type { PanelEnd } from "#domain/channel";

/** The sizes between which the panel can be pulled (messages.ts `resizePanel`). */
const least = { width: 300, height: 320 };
const most = { width: 520, height: 1200 };

/** A panel's size in pixels. */
interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** Makes the panel larger and smaller. */
export interface PanelSizer {
  /** Adds to the panel's size, within its limits. Rejects with a ChannelError. */
  readonly resizeBy: (width: number, height: number) => Promise<void>;
}

/** Sizes a panel that has this size at first; while it is pulled only the newest size is asked for. */
export function createPanelSizer(channel: PanelEnd, start: () => PanelSize): PanelSizer {
  // What was pulled beyond a limit counts, so that the edge meets the pointer again on its way back.
  let pulled: PanelSize | null = null;
  let wanted: PanelSize | null = null;
  let isAsking = false;
  const takeWanted = () => {
    const size = wanted;
    wanted = null;
    return size;
  };
  const askNewest = async () => {
    isAsking = true;
    try {
      for (let size = takeWanted(); size; size = takeWanted()) {
        await channel.ask("resizePanel", bounded(size));
      }
    } finally {
      isAsking = false;
    }
  };
  return {
    resizeBy: (width, height) => {
      const before = pulled ?? start();
      pulled = { width: before.width + width, height: before.height + height };
      wanted = pulled;
      return isAsking ? Promise.resolve() : askNewest();
    },
  };
}

function bounded(size: PanelSize): PanelSize {
  const clamp = (value: number, low: number, high: number) =>
    Math.round(Math.min(high, Math.max(low, value)));
  return {
    width: clamp(size.width, least.width, most.width),
    height: clamp(size.height, least.height, most.height),
  };
}
