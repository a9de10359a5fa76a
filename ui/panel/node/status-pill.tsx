import type { CardStatus } from "#domain/card";

/** How a node stands, in its own words; nothing where its results say it. */
export function StatusPill({ status }: { readonly status: CardStatus }) {
  if (status.kind === "done" || status.text === "") return null;
  return (
    <span class="pill" data-status={status.kind} title={status.text}>
      {status.text}
    </span>
  );
}
