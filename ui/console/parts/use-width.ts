import { useEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** The width in pixels of an element, now and whenever it changes; 0 until it is drawn. */
export function useWidth(): [RefObject<HTMLDivElement>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [widthPx, setWidthPx] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(() => setWidthPx(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [box, widthPx];
}
