import { useEffect, useRef } from "preact/hooks";
import { Button } from "../panel/controls/button.tsx";
import { AssetsPage } from "./assets/assets-page.tsx";
import { useConsole } from "./console-context.ts";
import { KeysPage } from "./keys/keys-page.tsx";
import { MembersPage } from "./members/members-page.tsx";
import { Problem } from "./parts/problem.tsx";
import { Wordmark } from "./parts/wordmark.tsx";
import { isOwnersAlone, type PageRelay } from "./relay-of-page.ts";
import { RunsPage } from "./runs/runs-page.tsx";
import { SpendingPage } from "./spending/spending-page.tsx";
import { useAsked } from "./use-asked.ts";
import { places, placeTitles, usePlace, type Place } from "./use-place.ts";

/** Who signed in, and whether keys, members and everybody's runs are theirs to see. */
interface Who {
  readonly member: string;
  readonly isOwner: boolean;
}

/** The bar with the pages, and the page that is open. */
export function Shell({ signOut }: { readonly signOut: () => void }) {
  const { relay } = useConsole();
  const { value: who, problem, again } = useAsked(() => askWho(relay), [relay]);
  const leave = (): void => {
    // The token is forgotten here whatever the relay says; it ends there, too, when it can be told.
    void relay.command("unpair", { body: {} }).catch(() => undefined);
    signOut();
  };
  const asked = usePlace();
  const open = who?.isOwner !== false ? places : (["spending"] as const);
  const place = open.find((each) => each === asked) ?? open[0];
  useEffect(() => {
    document.title = `${placeTitles[place]} - Spaces relay`;
  }, [place]);
  return (
    <>
      <header class="bar">
        <Wordmark />
        <nav aria-label="Pages">
          {who !== null && open.map((each) => <PlaceLink place={each} isOpen={each === place} />)}
        </nav>
        <span class="who cut">{who?.member}</span>
        <Button secondary onClick={leave}>
          Sign out
        </Button>
      </header>
      <main>
        <Problem sentence={problem} again={again} />
        {who !== null && (
          <OpenPlace key={place} place={place} who={who} isChosen={asked !== null} />
        )}
      </main>
    </>
  );
}

function PlaceLink({ place, isOpen }: { readonly place: Place; readonly isOpen: boolean }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // On a narrow screen the links are wider than their row.
    if (isOpen) link.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [isOpen]);
  return (
    <a ref={link} href={`#${place}`} aria-current={isOpen ? "page" : undefined}>
      {placeTitles[place]}
    </a>
  );
}

interface OpenPlaceProps {
  readonly place: Place;
  readonly who: Who;
  /** Whether a person went there, who then goes on from its heading. */
  readonly isChosen: boolean;
}

function OpenPlace({ place, who, isChosen }: OpenPlaceProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isChosen) heading.current?.focus();
  }, []);
  return (
    <>
      {!who.isOwner && (
        <p class="banner">
          You are signed in as {who.member}. Here you see what you spent; for keys, members and
          everybody’s runs, ask an owner to make you one.
        </p>
      )}
      <h1 tabIndex={-1} ref={heading}>
        {placeTitles[place]}
      </h1>
      {contentOf(place, who)}
    </>
  );
}

function contentOf(place: Place, { isOwner }: Who) {
  switch (place) {
    case "runs":
      return <RunsPage />;
    case "spending":
      return <SpendingPage isOwner={isOwner} />;
    case "assets":
      return <AssetsPage />;
    case "keys":
      return <KeysPage />;
    case "members":
      return <MembersPage />;
  }
}

/** The relay does not say what somebody may do: it is asked what only an owner may see. */
async function askWho(relay: PageRelay): Promise<Who> {
  const { member } = await relay.call("status", { body: undefined });
  try {
    await relay.command("members", { body: undefined });
    return { member, isOwner: true };
  } catch (error) {
    if (!isOwnersAlone(error)) throw error;
    return { member, isOwner: false };
  }
}
