/**
 * Why a request failed on its way: `blocked` its address is not one that may be asked, `key-elsewhere`
 * its key belongs to another host, `unreachable` no connection came about, `redirected` the answer
 * pointed elsewhere, `cut` the connection broke, `garbled` the answer is no HTTP, `late` the total
 * deadline passed, `too-large` the answer is larger than agreed, `aborted` the caller stopped it.
 */
export type EgressCode =
  | "blocked"
  | "key-elsewhere"
  | "unreachable"
  | "redirected"
  | "cut"
  | "garbled"
  | "late"
  | "too-large"
  | "aborted";

const sentences: Readonly<Record<EgressCode, string>> = {
  blocked: "The relay does not go to that address.",
  "key-elsewhere": "A key goes to the host it was issued for and nowhere else.",
  unreachable: "The host could not be reached.",
  redirected: "The host points to another address; the relay does not follow.",
  cut: "The connection broke.",
  garbled: "The answer is not HTTP as it should be.",
  late: "The host took too long.",
  "too-large": "The answer is larger than it may be.",
  aborted: "The request was stopped.",
};

/**
 * The one error of every outgoing request. `isSent` false is certain that no byte of the request left
 * this process, so that it may be repeated; true means that nobody knows what became of it. Neither its
 * message nor its properties hold anything that a host or a library said.
 */
export class EgressError extends Error {
  /** Clients of vendors know a stopped request by this name. */
  override readonly name: "AbortError" | "EgressError";
  readonly code: EgressCode;
  readonly isSent: boolean;

  constructor(code: EgressCode, isSent: boolean) {
    super(sentences[code]);
    this.name = code === "aborted" ? "AbortError" : "EgressError";
    this.code = code;
    this.isSent = isSent;
  }
}
