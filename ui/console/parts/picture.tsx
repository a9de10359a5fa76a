import { useEffect, useState } from "preact/hooks";
import { useConsole } from "../console-context.ts";

interface PictureProps {
  readonly hash: string;
  /** What it shows, for who does not see it. */
  readonly words: string;
}

/** A small copy of a picture that the relay keeps. It is asked for with the token: no address opens it. */
export function Picture({ hash, words }: PictureProps) {
  const { relay } = useConsole();
  const [address, setAddress] = useState<string | null>(null);
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    let made: string | null = null;
    let isLeft = false;
    const options = { path: { hash }, query: { width: "256" }, body: undefined } as const;
    relay.call("assetGet", options).then(
      (bytes) => {
        if (isLeft) return;
        made = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
        setAddress(made);
      },
      () => setGone(true),
    );
    return () => {
      isLeft = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [relay, hash]);
  if (isGone) return <span class="picture-gone quiet">Not kept any more</span>;
  return address === null ? <span class="picture-gone" /> : <img src={address} alt={words} />;
}
