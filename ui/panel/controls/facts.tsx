import { Fragment } from "preact";

/** Short facts in a row, empty ones left out. Each is kept apart from the direction of the others' writing. */
export function Facts({ facts }: { readonly facts: readonly string[] }) {
  return facts
    .filter((fact) => fact !== "")
    .map((fact, index) => (
      <Fragment key={index}>
        {index > 0 && " · "}
        <bdi>{fact}</bdi>
      </Fragment>
    ));
}
