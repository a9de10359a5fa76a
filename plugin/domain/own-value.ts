/**
 * The value that a record itself holds under a key, never one that it inherits: keys come from
 * boards and relays, and "constructor" must not find a function.
 */
export function ownValue<Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;
}
