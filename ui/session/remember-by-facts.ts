import type { FlowFacts, StillFacts } from "./flow-facts.ts";

/**
 * The same function, but what it worked out for some facts is kept with them: a run tells its progress
 * many times a second, and nothing of this depends on it.
 */
export function rememberByFacts<Subject, Value>(
  work: (facts: StillFacts, subject: Subject) => Value,
  keyOf: (subject: Subject) => string,
): (facts: FlowFacts, subject: Subject) => Value {
  const known = new WeakMap<StillFacts, Map<string, { readonly value: Value }>>();
  return ({ still }, subject) => {
    const values = known.get(still) ?? new Map<string, { readonly value: Value }>();
    known.set(still, values);
    const key = keyOf(subject);
    const found = values.get(key) ?? { value: work(still, subject) };
    values.set(key, found);
    return found.value;
  };
}
