import type { PageParts } from "./session/session-parts.ts";

/** What the panel's page does: addresses of bytes, files for people, what the browser forbids. */
export const pageParts: PageParts = {
  makeUrl: (bytes, mediaType) => URL.createObjectURL(blobOf(bytes, mediaType)),
  dropUrl: (url) => {
    URL.revokeObjectURL(url);
  },
  saveFile: (name, bytes, mediaType) => {
    const url = URL.createObjectURL(blobOf(bytes, mediaType));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    // The browser has taken the file up by then.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  },
  isLocalBlocked: async () => {
    for (const name of localPermissions) {
      try {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        if (state !== "granted") return true;
      } catch {
        // A browser that does not know the permission forbids nothing by it.
      }
    }
    return false;
  },
};

/**
 * Chrome asks before a page reaches programs on the same computer
 * (https://wicg.github.io/local-network-access/); the second name is that of later versions.
 */
const localPermissions = ["local-network-access", "loopback-network"];

function blobOf(bytes: Uint8Array, mediaType: string): Blob {
  return new Blob([new Uint8Array(bytes)], { type: mediaType });
}
