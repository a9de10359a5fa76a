import type { ComponentProps } from "preact";
import { Icon } from "./icon.tsx";

interface ButtonProps extends ComponentProps<"button"> {
  /** Outlined, beside what matters more. */
  readonly secondary?: boolean;
  readonly fullWidth?: boolean;
  /** Shows that something is under way in place of the words, and cannot be pressed meanwhile. */
  readonly loading?: boolean;
}

/**
 * A button with words, as it looks in create-figma-plugin's library. The library's own controls need
 * preact/compat, and styles for what the panel never shows: with both, the panel is 15 kB larger.
 */
export function Button(props: ButtonProps) {
  const {
    secondary = false,
    fullWidth = false,
    loading = false,
    onClick,
    children,
    ...rest
  } = props;
  return (
    <button
      {...rest}
      class={`button${secondary ? " secondary" : ""}${fullWidth ? " full-width" : ""}`}
      aria-busy={loading}
      onClick={loading ? undefined : onClick}
    >
      <span>{children}</span>
      {loading && <Icon name="busy" />}
    </button>
  );
}
