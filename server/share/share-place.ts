import { ownRoutes } from "../declared-routes.ts";

/** The addresses of one share link. */
export interface SharePlace {
  readonly page: string;
  readonly file: string;
  readonly embed: string;
}

/** The path of the page of a share link. */
export function sharePath(key: string): string {
  return ownRoutes.sharePage.path.replace(":key", key);
}

/**
 * Where a share link is found, whole, as link previews ask for it. `host` is the Host header of the
 * request, which the border has held against its list; only this computer is spoken to without
 * encryption, as the panel does.
 */
export function sharePlace(host: string, key: string): SharePlace {
  const isOwn = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  const origin = `${isOwn ? "http" : "https"}://${host}`;
  const at = (path: string) => origin + path.replace(":key", key);
  return {
    page: at(ownRoutes.sharePage.path),
    file: at(ownRoutes.shareFile.path),
    embed: at(ownRoutes.shareEmbed.path),
  };
}
