import type { ComponentProps } from "preact";
import { Icon, type IconName } from "./icon.tsx";

/** A square button with an icon; `label` is its name for everyone and its tooltip. */
export function IconButton({
  icon,
  label,
  ...rest
}: { readonly icon: IconName; readonly label: string } & ComponentProps<"button">) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
