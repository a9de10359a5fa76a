import type { ReferenceView } from "../../node-view.ts";
import { Icon } from "../controls/icon.tsx";

interface ReferenceTileProps {
  readonly reference: ReferenceView;
  readonly isChosen: boolean;
  readonly tabIndex: number;
  readonly choose: () => void;
}

/** One reference in the strip: its number over its picture, its text, or its type where it has neither. */
export function ReferenceTile({ reference, isChosen, tabIndex, choose }: ReferenceTileProps) {
  const { number, title, portLabel, thumbnail, text, type } = reference;
  return (
    <div
      class="tile"
      role="option"
      aria-selected={isChosen}
      aria-label={`${number}. ${title}, ${portLabel}`}
      title={title}
      tabIndex={tabIndex}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      }}
    >
      {thumbnail !== null ? (
        <img src={thumbnail.url} alt="" loading="lazy" draggable={false} />
      ) : text !== null ? (
        <span class="tile-text" dir="auto">
          {text.slice(0, 80)}
        </span>
      ) : (
        <Icon name={type} />
      )}
      <span class="tile-number">{number}</span>
    </div>
  );
}
