/**
 * How long a host asks to wait, in milliseconds: `retry-after-ms`, or `retry-after` as seconds or as a
 * date (RFC 9110). Null when it says nothing that can be understood; never below 0.
 */
export function readRetryAfter(headers: Headers, nowMs: number): number | null {
  const milliseconds = readNumber(headers.get("retry-after-ms"));
  if (milliseconds !== null) return milliseconds;
  const text = headers.get("retry-after");
  const seconds = readNumber(text);
  if (seconds !== null) return seconds * 1000;
  const isDate = text !== null && /^[A-Z][a-z]{2,8}, /.test(text);
  const atMs = isDate ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

function readNumber(text: string | null): number | null {
  return text !== null && /^\d{1,12}(\.\d{1,6})?$/.test(text.trim()) ? Number(text) : null;
}
