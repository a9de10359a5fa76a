/** Sends a request once and gives its answer; throws whatever the network says. */
export type SendToStorage = (request: Request) => Promise<Response>;

/** The longest that a request and its answer may take, bodies included; callers are stricter. */
const longestMs = 15 * 60_000;

/** The way to the storage: no redirects, so that a key never follows one, and never for ever. */
export const sendToStorage: SendToStorage = (request) =>
  // eslint-disable-next-line no-restricted-globals -- until server/egress.ts takes this over
  fetch(request, {
    redirect: "manual",
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(longestMs)]),
  });
