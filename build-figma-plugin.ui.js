import { glob, readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { minify, parseSync } from "vite";
import { createLessZod, filesOfZod, libraryNames } from "./test/config/less-zod.ts";

/**
 * Elements are made by `h`: its calls are shorter than those of the automatic runtime, by 3 kB of the
 * panel. The import is put into the file's first line, so that no file has to hold it.
 */
const elementsByH = {
  name: "elements-by-h",
  setup(build) {
    build.onLoad({ filter: /\.tsx$/ }, async ({ path }) => ({
      loader: "tsx",
      contents: `import { Fragment, h } from "preact"; ${await readFile(path, "utf8")}`,
    }));
  },
};

/**
 * Style sheets as they are, joined where one imports others. The build tool itself would put each into
 * the page with a check whether it is there, and all the properties of a library of which we use one part:
 * 3 kB.
 */
const styleSheets = {
  name: "style-sheets",
  setup(build) {
    build.onResolve({ filter: /^!.*\.css$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.slice(1)),
    }));
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { minify } = build.initialOptions;
      const options = { entryPoints: [path], bundle: true, minify, write: false };
      const { outputFiles } = await build.esbuild.build(options);
      const css = JSON.stringify(await dropUnused(outputFiles[0].text.trim()));
      return {
        contents: `const style = document.createElement("style");
          style.textContent = ${css};
          document.head.append(style);`,
      };
    });
  },
};

/** A style sheet without the custom properties that neither it nor any of the panel's refers to. */
async function dropUnused(css) {
  const sheets = [];
  for await (const path of glob("ui/**/*.css")) sheets.push(await readFile(path, "utf8"));
  for (let before = css; ; before = css) {
    const used = new Set(`${css}${sheets.join("")}`.match(/(?<=var\()--[\w-]+/g));
    css = css.replace(/(?<=[{;\s])(--[\w-]+):[^;}]*;?/g, (property, name) =>
      used.has(name) ? property : "",
    );
    if (css === before) return css;
  }
}

const lessZod = {
  name: "less-zod",
  setup(build) {
    const { leaveOut, check } = createLessZod();
    build.onLoad({ filter: filesOfZod }, async ({ path }) => ({
      contents: leaveOut(await readFile(path, "utf8")),
    }));
    build.onEnd(({ errors }) => {
      if (errors.length === 0) check();
    });
  },
};

/** Minifies once more, with what the first pass leaves: 7 kB. */
const secondPass = {
  name: "second-pass",
  setup(build) {
    const { initialOptions } = build;
    if (!initialOptions.minify) return;
    initialOptions.write = false;
    build.onEnd(async ({ outputFiles = [], errors }) => {
      if (errors.length > 0) return;
      for (const { path, text } of outputFiles) {
        const treeshake = { propertyReadSideEffects: false };
        const compress = { target: initialOptions.target, treeshake };
        const minified = await minify(path, toArrows(text), { compress, mangle: true });
        if (minified.errors.length > 0) throw new Error(minified.errors[0].message);
        await writeFile(path, minified.code);
      }
    });
  },
};

/**
 * The same program with its functions as arrows, where they stand in for them: those that know no `this`
 * and no `arguments`, and that nobody makes objects with. A declared one moves to the beginning of its
 * block, where the declaration holds from as well.
 */
function toArrows(code) {
  const { program, errors } = parseSync("ui.js", code);
  if (errors.length > 0) throw new Error(errors[0].message);
  const makers = makersIn(program);
  const isPlain = ({ generator, params, body }) =>
    !generator && ![...params, body].some(asksWhoCalls);
  const isArrow = (node) =>
    node.type === "FunctionDeclaration" && !makers.has(node.id.name) && isPlain(node);
  const isInline = (node, { type, method, kind }) =>
    node.type === "FunctionExpression" &&
    node.id === null &&
    type !== "MethodDefinition" &&
    !(type === "Property" && (method || kind !== "init")) &&
    isPlain(node);
  const editsIn = (node) => {
    const arrows = Array.isArray(node.body) ? node.body.filter(isArrow) : [];
    const edits = childrenOf(node)
      .filter((child) => !arrows.includes(child))
      .flatMap((child) => (isInline(child, node) ? inlineEdit(child) : editsIn(child)));
    if (arrows.length === 0) return edits;
    const { start } = node.body.find(({ directive }) => !directive);
    const first = { start, end: start, text: `let ${arrows.map(arrowOf).join(",")};` };
    return [first, ...arrows.map(({ start, end }) => ({ start, end, text: "" })), ...edits];
  };
  const textOf = (node) => {
    let text = "";
    let at = node.start;
    for (const edit of editsIn(node).sort((one, other) => one.start - other.start)) {
      text += code.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return text + code.slice(at, node.end);
  };
  const arrowOf = (node) => `${node.id.name}=${plainOf(node)}`;
  const plainOf = ({ async: isAsync, params, body }) =>
    `${isAsync ? "async" : ""}(${params.map(textOf).join(",")})=>${textOf(body)}`;
  const inlineEdit = (node) => ({ start: node.start, end: node.end, text: `(${plainOf(node)})` });
  return textOf(program);
}

function childrenOf(node) {
  return Object.values(node)
    .flat()
    .filter((child) => typeof child?.type === "string");
}

/** Names of functions that objects are made with. */
function makersIn(node) {
  const names = new Set(childrenOf(node).flatMap((child) => [...makersIn(child)]));
  if (node.type === "NewExpression") names.add(node.callee.name);
  if (node.type === "MemberExpression" && node.property.name === "prototype") {
    names.add(node.object.name);
  }
  return names;
}

/** Whether a part of a function depends on how it is called; arrows and blocks in it are part of it. */
function asksWhoCalls(node) {
  if (/^(Function(Declaration|Expression)|ClassBody)$/.test(node.type)) return false;
  const isAsking =
    /^(ThisExpression|MetaProperty|Super)$/.test(node.type) || node.name === "arguments";
  return isAsking || childrenOf(node).some(asksWhoCalls);
}

/** Figma's desktop app and every browser it supports run ES2022, so nothing is lowered further. */
export default (options) => ({
  ...options,
  target: "es2022",
  charset: "utf8",
  mangleProps: options.minify ? libraryNames : undefined,
  // In place of ui/tsconfig.json, whose automatic runtime would hold.
  tsconfigRaw: {
    compilerOptions: { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Fragment" },
  },
  plugins: [elementsByH, styleSheets, lessZod, ...options.plugins, secondPass],
  // Every command opens the same panel. The build tool would require it; imported, its modules share
  // one scope, and the panel is a tenth smaller.
  stdin: {
    ...options.stdin,
    contents: `import openPanel from "./ui/main.tsx";
      openPanel(document.getElementById("create-figma-plugin"));`,
  },
});
