import { signal, type ReadonlySignal } from "@preact/signals-core";
import type { NoticeView } from "../panel-view.ts";

/** The sentences across the top of the panel. */
export interface Notices {
  readonly all: ReadonlySignal<readonly NoticeView[]>;
  /** Shows a notice; one with the same key takes the place of the one before. */
  readonly say: (notice: NoticeView) => void;
  /** Says that something went wrong, in a sentence that can be dismissed. */
  readonly warn: (key: string, text: string) => void;
  readonly unsay: (key: string) => void;
}

/** More than these hide the panel; the oldest go. */
const mostNotices = 4;

/** Notices, none at first. */
export function createNotices(): Notices {
  const all = signal<readonly NoticeView[]>([]);
  const say = (notice: NoticeView) => {
    const others = all.peek().filter(({ key }) => key !== notice.key);
    all.value = [...others, notice].slice(-mostNotices);
  };
  return {
    all,
    say,
    warn: (key, text) => say({ key, kind: "warning", text, actions: [], isDismissable: true }),
    unsay: (key) => {
      all.value = all.peek().filter((notice) => notice.key !== key);
    },
  };
}
