/** The `fetch` that is handed in: the web's own shape, so that an app's `request` fits. */
export type FetchFunction = (url: string, options: RequestInit) => Promise<Response>;

/**
 * Figma's `fetch` for the main thread over a handed-in one: string urls, plain headers, no stream
 * (figma-platform.md 3.1). Without a network every request fails as an unreachable host does.
 */
export function withNetwork(
  fetch: FetchFunction | undefined,
): (url: string, options: Record<string, unknown>) => Promise<unknown> {
  return async (url, options) => {
    if (fetch === undefined) throw new TypeError("Failed to fetch");
    const { method, headers, headersObject, body } = options;
    const response = await fetch(url, {
      method: (method as string | undefined) ?? "GET",
      headers: {
        ...(headersObject as Record<string, string>),
        ...(headers as Record<string, string>),
      },
      ...(body === undefined ? {} : { body: body as string | Uint8Array<ArrayBuffer> }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { ok, redirected, status, statusText, type } = response;
    return {
      headersObject: Object.fromEntries(response.headers),
      ok,
      redirected,
      status,
      statusText,
      type,
      url: response.url || url,
      bytes,
      text: new TextDecoder().decode(bytes),
    };
  };
}
