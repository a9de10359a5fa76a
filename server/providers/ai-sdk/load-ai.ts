/**
 * The AI SDK, imported when the first call needs it: it takes 150 ms and 30 MB to load. What a model did
 * not use becomes notes of the result, so that nothing is written to the console
 * (ai@7.0.173, src/logger/log-warnings.ts).
 */
export function loadAi() {
  globalThis.AI_SDK_LOG_WARNINGS = false;
  return import("ai");
}
