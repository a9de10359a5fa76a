import type { Send } from "#domain/relay-client";

/** Sends requests to a relay on this machine; the command line's way to it. */
export function sendTo(port: number): Send {
  return async (request) => {
    const response = await fetch(`http://localhost:${port}${request.path}`, {
      method: request.method,
      headers: request.headers,
      redirect: "error",
      ...(request.body !== null && { body: bodyOf(request.body) }),
    });
    return {
      status: response.status,
      text: () => response.text(),
      bytes: async () => new Uint8Array(await response.arrayBuffer()),
      pieces: () => piecesOf(response),
    };
  };
}

/** How long an address may take to answer. */
const reachMs = 5_000;

/** Whether an address answers a GET with success; for the relay's own public address. */
export async function isReachable(url: URL): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(reachMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function bodyOf(body: string | Uint8Array): string | Uint8Array<ArrayBuffer> {
  return typeof body === "string" ? body : new Uint8Array(body);
}

async function* piecesOf({ body }: Response): AsyncGenerator<string> {
  if (!body) return;
  const decoder = new TextDecoder();
  // The types of fetch do not say what a body is made of; the standard does: Uint8Array.
  for await (const bytes of body as ReadableStream<Uint8Array>) {
    yield decoder.decode(bytes, { stream: true });
  }
}
