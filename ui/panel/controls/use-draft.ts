import { useEffect, useRef, useState } from "preact/hooks";

/** A text that is being typed and not kept yet. */
export interface Draft {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Keeps what was typed now. */
  readonly keep: () => void;
  /** Forgets what was typed. */
  readonly revert: () => void;
}

/** After this pause what was typed is kept, so that little is lost when the panel is closed. */
const pauseMs = 600;

interface Typed {
  readonly text: string;
  readonly isKept: boolean;
}

/**
 * The text of a field that somebody types in while the value may change elsewhere: what is typed
 * wins until it is kept - after a pause, on leaving the field, and when the field goes away.
 */
export function useDraft(value: string, keepValue: (text: string) => void): Draft {
  const [typed, setTyped] = useState<Typed | null>(null);
  const latest = useRef({ value, typed, keepValue });
  latest.current = { value, typed, keepValue };
  const keep = (): void => {
    const now = latest.current;
    if (now.typed === null || now.typed.isKept) return;
    const kept = { ...now.typed, isKept: true };
    latest.current = { ...now, typed: kept };
    setTyped(now.typed.text === now.value ? null : kept);
    if (now.typed.text !== now.value) now.keepValue(now.typed.text);
  };
  useEffect(() => {
    if (typed === null || typed.isKept) return;
    const timer = setTimeout(keep, pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  // What was kept is shown until the value answers, then the value itself.
  useEffect(() => setTyped((now) => (now?.isKept === true ? null : now)), [value]);
  useEffect(() => keep, []);
  return {
    text: typed?.text ?? value,
    type: (text) => setTyped({ text, isKept: false }),
    keep,
    revert: () => {
      latest.current = { ...latest.current, typed: null };
      setTyped(null);
    },
  };
}
