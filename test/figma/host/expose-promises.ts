import ts from "typescript";

/**
 * The same code with async functions written as generators over the global Promise. QuickJS tells
 * nobody of a rejection without a handler; over a Promise of ours it can be seen. Behaviour stays,
 * line numbers inside one statement may shift. Code without async functions is left as it is.
 */
export function exposePromises(code: string): string {
  if (!/\basync\b/.test(code)) return code;
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2016,
      module: ts.ModuleKind.ESNext,
      alwaysStrict: false,
      removeComments: false,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  return outputText;
}
