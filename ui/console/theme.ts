/**
 * Keeps the class of create-figma-plugin's theme (theme.css of its library: Figma's own colours) on an
 * element as the system says, now and whenever it changes.
 */
export function followTheme({ classList }: Element): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = (): void => {
    classList.toggle("figma-dark", dark.matches);
    classList.toggle("figma-light", !dark.matches);
  };
  dark.addEventListener("change", set);
  set();
}
