/** Names of zod and of the signals, which only code of the panel reads and no data has. */
export const libraryNames =
  /^(_zod|innerType|optin|optout|propValues|traits|constr|onattach|deferred|keyType|valueType|allKeys|peek)$/;

/** What is never asked for, by the reason; a pattern that nothing matches any more fails the build. */
const unasked: readonly (readonly [RegExp, string])[] = [
  // Checks answer at once.
  [/\bif \(asyncResult\b[^)]*\)/g, "if (false)"],
  [/\b[\w.]+ instanceof Promise\b/g, "false"],
  [/\bproms\.length \? Promise\.all\([^;]*? : /g, ""],
  [/\bif \(proms\.length\) \{\s*return Promise\.all\([^;]*;\s*\}/g, ""],
  [/\bparseAsync\(data, params\) \{\s*return [^;]*;\s*\},/g, ""],
  [/\bsafeParseAsync\(data, params\) \{\s*return [^;]*;\s*\},/g, ""],
  // Nothing is encoded, goes in circles, stops early or is compiled.
  [/\bctx\??\.direction === "backward"/g, "false"],
  [/\bctx\??\.direction !== "backward"/g, "true"],
  [/\bctx\??\.skipChecks\b/g, "false"],
  [/\bctx\?\.abortEarly\b/g, "false"],
  [/\bcore\.globalConfig\.memoizer\b/g, "undefined"],
  [/\bif \(payload\.memo\)\s*return payload;/g, ""],
  [/\bglobalThis\.__zod_globalConfig\?\.postProcessor\b/g, "undefined"],
  // No other library is handed a schema, and no schema is described.
  [/^ {4}[gs]et "~standard"\(.*\{\s[^}]*\},$/gm, ""],
  [/^ {4}[gs]et with\(.*\{\s[^}]*\},$/gm, ""],
  [/^ {4}(brand|register|apply)\(.*\{\s[^}]*\},$/gm, ""],
  [/^ {4}inst\._zod\.(bag|version) = .*$/gm, ""],
  [/\bfor \(const fn of ch\._zod\.onattach\) \{\s*fn\(inst\);\s*\}/g, ""],
  [/\(_a = inst\._zod\)\.onattach .*/g, ""],
  [/, onattach: \[\]/g, ""],
  [/^ +Object\.defineProperty\((Definition|_), "name".*$/gm, ""],
  // There are no template literals, whose parts have patterns.
  [/\butil\.defineLazyInternal\(inst, "pattern", (.*\);$|[^]*?^ {4}\}\);$)/gm, ""],
  [/^ {4}inst\._zod\.pattern = .*;$/gm, ""],
  // Values are not changed into others; objects and records leave out what they do not name.
  [/\bdef\.coerce\b/g, "false"],
  [/\bdef\.catchall\b(?!\.)/g, "undefined"],
  [/\bdef\.unionFallback\b/g, "false"],
  [/\bdef\.mode === "loose"/g, "false"],
  [/^ {8}(symbolKeys|keySet|numKeys|optionalKeys)(: .*)?,$/gm, ""],
  [/\bObject\.getOwnPropertySymbols\(def\.shape\)/g, "[]"],
  // Keys of records are any texts; whole numbers are the only numbers of a format.
  [/\bdef\.keyType\._zod\.values\b/g, "undefined"],
  [/\btypeof key === "string" && regexes\.number\.test\(key\)/g, "false"],
  [/^ {4}(int32|uint32|float32|float64): .*$/gm, ""],
  // Schemas are well made: the relay and the tests make the same ones with all of zod.
  [/^ {4}def\.options\.forEach\([^]*?^ {4}\}\);$/gm, ""],
  [/^ {4}for \(const k of allKeys\) \{[^]*?^ {4}\}$/gm, ""],
  [/^ +if \(!inst\._zod\)\s*throw .*$/gm, ""],
  // Errors are caught at once: their stack is not looked at, nor how they say themselves.
  [/\? newError\(Definition\)/g, "? new Definition()"],
  [/^ +util\.captureStackTrace\(.*$/gm, ""],
  [/^ {4}if \(!_installedToString[^]*?^ {4}\}$/gm, ""],
  // What goes away above cannot be asked for by mistake: the panel would not even start.
  [
    /\bexport function (strictObject|looseObject|catchall|partialRecord|looseRecord|templateLiteral|_coerced\w+)\(/g,
    "function $1(",
  ],
  // Not left out, but said shorter.
  [/\bObject\.prototype\.hasOwnProperty\.call\(/g, "Object.hasOwn("],
  [/"(_zod|innerType|optin|optout|propValues)"/g, '/* @__KEY__ */ "$1"'],
];

/** An issue says where and what was expected; nobody reads more of it in the panel. */
const unreadOfIssue =
  /^ +(origin|inclusive|note|format|maximum|minimum|discriminator|options|keys|errors|pattern|received|values|input)(: [^[\]{}]*| .*)?,$/gm;

/** The files of zod that are made smaller. */
export const filesOfZod = /[\\/]zod[\\/]v4[\\/](core|mini)[\\/]\w+\.js$/;

/** zod without what the panel does not ask of it, which a bundler cannot know: 7 kB of the panel. */
export function createLessZod() {
  const unmatched = new Set<RegExp>([unreadOfIssue, ...unasked.map(([pattern]) => pattern)]);
  const without = (text: string, pattern: RegExp, instead: string): string => {
    if (!text.match(pattern)) return text;
    unmatched.delete(pattern);
    return text.replace(pattern, instead);
  };
  return {
    /** One of zod's files, as it is smaller. */
    leaveOut: (file: string): string => {
      let left = file;
      for (const [pattern, instead] of unasked) left = without(left, pattern, instead);
      return left.replace(/\bissues\.push\(\{[^]*?\}\);/g, (issue) =>
        without(issue, unreadOfIssue, ""),
      );
    },
    /** Throws when another version of zod has nothing of what is to be left out; after all its files. */
    check: (): void => {
      if (unmatched.size === 0) return;
      throw new Error(`zod is not what it was: nothing matches ${[...unmatched].join(" ")}`);
    },
  };
}
