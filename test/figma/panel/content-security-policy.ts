import type { Manifest } from "../manifest.ts";

/**
 * The policy Figma puts on a panel for its manifest (figma-platform.md 2.2): the listed domains for
 * everything that loads; the development list only for a plugin run from a local manifest.
 */
export function contentSecurityPolicy(manifest: Manifest, isPublished: boolean): string {
  const { allowedDomains, devAllowedDomains = [] } = manifest.networkAccess ?? {
    allowedDomains: ["*"],
  };
  const listed = [...allowedDomains, ...(isPublished ? [] : devAllowedDomains)].filter(
    (domain) => domain !== "none",
  );
  const sources = listed.length === 0 ? "'none'" : listed.join(" ");
  const withOwn = ["data:", "blob:", ...listed].join(" ");
  return [
    `default-src 'unsafe-inline' ${withOwn}`,
    `script-src 'unsafe-inline' 'unsafe-eval' ${withOwn}`,
    `style-src 'unsafe-inline' ${withOwn}`,
    `connect-src ${listed.length === 0 ? "data: blob:" : `data: blob: ${sources}`}`,
    `img-src ${withOwn}`,
    `media-src ${withOwn}`,
    `font-src ${withOwn}`,
    `frame-src ${withOwn}`,
    "worker-src blob:",
  ].join("; ");
}

/** The theme variables that panels of ours use, with their light values, as `themeColors` sets them. */
const themeStyle = `<style id="figma-style">:root {
  --figma-color-bg: #ffffff;
  --figma-color-bg-brand: #0d99ff;
  --figma-color-bg-brand-pressed: #007be5;
  --figma-color-bg-brand-tertiary: #e5f4ff;
  --figma-color-bg-danger: #f24822;
  --figma-color-bg-danger-tertiary: #ffe2e0;
  --figma-color-bg-disabled: #d9d9d9;
  --figma-color-bg-hover: #f5f5f5;
  --figma-color-bg-onselected: #bde3ff;
  --figma-color-bg-pressed: #f5f5f5;
  --figma-color-bg-secondary: #f5f5f5;
  --figma-color-bg-selected: #e5f4ff;
  --figma-color-bg-tertiary: #e6e6e6;
  --figma-color-bg-warning-tertiary: #fff1c2;
  --figma-color-border: #e6e6e6;
  --figma-color-border-danger-strong: #dc3412;
  --figma-color-border-disabled: #e6e6e6;
  --figma-color-border-onbrand: #007be5;
  --figma-color-border-selected: #0d99ff;
  --figma-color-border-strong: #2c2c2c;
  --figma-color-icon: #000000e5;
  --figma-color-icon-danger: #f24822;
  --figma-color-icon-disabled: rgba(0, 0, 0, 0.3);
  --figma-color-icon-onbrand: rgba(255, 255, 255, 1);
  --figma-color-icon-secondary: rgba(0, 0, 0, 0.5);
  --figma-color-text: #000000e5;
  --figma-color-text-brand: #007be5;
  --figma-color-text-danger: #dc3412;
  --figma-color-text-disabled: rgba(0, 0, 0, 0.3);
  --figma-color-text-onbrand: #ffffff;
  --figma-color-text-ondisabled: rgba(255, 255, 255, 1);
  --figma-color-text-secondary: #00000080;
  --figma-color-text-tertiary: #0000004d;
  --figma-color-text-warning: #b86200;
}</style>`;

/** The panel's document: the plugin's html with the policy first, and the theme if it was asked for. */
export function panelDocument(html: string, policy: string, hasThemeColors: boolean): string {
  const theme = hasThemeColors
    ? `${themeStyle}<script>document.documentElement.classList.add("figma-light")</script>`
    : "";
  const head = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">${theme}`;
  const start = /^\s*(<!doctype[^>]*>)?\s*(<html[^>]*>)?\s*(<head[^>]*>)?/i.exec(html)?.[0] ?? "";
  return `${start === "" ? "<!doctype html>" : start}${head}${html.slice(start.length)}`;
}
