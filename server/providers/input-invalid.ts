import { CallFailure, type Provider } from "./provider.ts";

/** What cannot be asked for with what is connected: nothing was sent. `sentence` says what and why. */
export function inputInvalid({ id }: Pick<Provider, "id">, sentence: string): CallFailure {
  const message = `${sentence} It cost nothing.`;
  return new CallFailure(
    { code: "input-invalid", message, provider: id, isRetryable: false },
    "not-billed",
  );
}
