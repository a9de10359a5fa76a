import { useEffect, useRef } from "preact/hooks";

/**
 * Gives the focus back once something that had it is gone: to what the selector finds within the element
 * that holds the answered reference.
 */
export function useFocusAfter<Place extends HTMLElement>(isThere: boolean, selector: string) {
  const place = useRef<Place>(null);
  const wasThere = useRef(false);
  useEffect(() => {
    if (wasThere.current && !isThere) place.current?.querySelector<HTMLElement>(selector)?.focus();
    wasThere.current = isThere;
  }, [isThere]);
  return place;
}
