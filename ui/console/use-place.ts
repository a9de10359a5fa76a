import { useEffect, useState } from "preact/hooks";

/** The pages of the console, by what stands behind the "#" of the address. */
export const places = ["runs", "spending", "assets", "keys", "members"] as const;
/** A page of the console. */
export type Place = (typeof places)[number];

/** What the pages are called. */
export const placeTitles: Readonly<Record<Place, string>> = {
  runs: "Runs",
  spending: "Spending",
  assets: "Assets",
  keys: "Keys",
  members: "Members",
};

/** The page that the address names, or null where it names none. */
export function usePlace(): Place | null {
  const [place, setPlace] = useState(readPlace);
  useEffect(() => {
    const follow = (): void => setPlace(readPlace());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return place;
}

function readPlace(): Place | null {
  return places.find((place) => location.hash === `#${place}`) ?? null;
}
