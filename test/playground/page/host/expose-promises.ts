import type * as host from "../../../figma/host/expose-promises.ts";
/** In a page the plugin runs as it was built: rejections are not watched there. */
export const exposePromises: typeof host.exposePromises = (code) => code;
