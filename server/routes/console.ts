import type { Hono } from "hono";
import { openBuiltPage } from "./built-page.ts";

/**
 * The console runs its own files, shows what this relay keeps and talks to it alone. Nothing of it is
 * ever made from text: no script, style or address stands in the page, and Trusted Types
 * (w3c.github.io/trusted-types) refuse every text that would become one.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const headers = {
  "Content-Security-Policy": policy,
  // No page that opened it, or that it opens, holds its window.
  "Cross-Origin-Opener-Policy": "same-origin",
} as const;

/** Serves the console at /console from the folder it was built into; null where it was not. */
export function openConsole(folder: string): Promise<Hono | null> {
  return openBuiltPage({ folder, path: "/console", headersOf: () => headers });
}
