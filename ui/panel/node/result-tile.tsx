import type { Item } from "#domain/item";
import { portTypeOfItem } from "#domain/item";
import type { ResultView, VersionView } from "../../node-view.ts";
import { Icon, type IconName } from "../controls/icon.tsx";
import { MenuButton } from "../controls/menu-button.tsx";
import { usePanel } from "../panel-context.ts";

interface ResultTileProps {
  readonly version: VersionView;
  readonly result: ResultView;
}

const kindIcons = {
  text: "text",
  image: "media",
  video: "video-generator",
  audio: "audio-generator",
} as const satisfies Record<ReturnType<typeof portTypeOfItem>, IconName>;

/** One result, small. Pressing it offers to place it again, to download it and to show it. */
export function ResultTile({ version, result }: ResultTileProps) {
  const { actions, isReadOnly } = usePanel();
  const { index, onCanvas, item, thumbnail } = result;
  const readOnly = isReadOnly ? "You cannot change this file." : null;
  const show = {
    key: "show",
    label: "Show on the canvas",
    icon: "show" as const,
    choose: () => actions.show(onCanvas === null ? [] : [onCanvas]),
  };
  const items = [
    ...(onCanvas === null ? [] : [show]),
    {
      key: "place",
      label: onCanvas === null ? "Place on the canvas" : "Place again",
      icon: "add" as const,
      problem: readOnly,
      choose: () => actions.placeAgain(version.id, index),
    },
    {
      key: "download",
      label: "Download",
      icon: "download" as const,
      choose: () => actions.download(version.id, index),
    },
  ];
  const name = `Result ${index + 1} of ${version.atText}: ${thumbnail?.alt ?? kindOf(item)}`;
  return (
    <>
      {item.kind === "text" && (
        <p class="result-text" dir="auto">
          {item.text}
        </p>
      )}
      <MenuButton class={item.kind === "text" ? "link" : "result"} label={name} items={items}>
        {item.kind === "text" ? (
          "Use this text"
        ) : thumbnail === null ? (
          <Icon name={kindIcons[portTypeOfItem(item)]} />
        ) : (
          <img src={thumbnail.url} alt="" loading="lazy" draggable={false} />
        )}
        {item.kind !== "text" && kindOf(item) !== "image" && (
          <span class="result-kind">{kindOf(item)}</span>
        )}
      </MenuButton>
    </>
  );
}

function kindOf(item: Item): string {
  return portTypeOfItem(item);
}
