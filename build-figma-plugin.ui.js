import { readFile } from "node:fs/promises";

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

/** Figma's desktop app and every browser it supports run ES2022, so nothing is lowered further. */
export default (options) => ({
  ...options,
  target: "es2022",
  // In place of ui/tsconfig.json, whose automatic runtime would hold.
  tsconfigRaw: {
    compilerOptions: { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Fragment" },
  },
  plugins: [elementsByH, ...options.plugins],
  // Every command opens the same panel. The build tool would require it; imported, its modules share
  // one scope, and the panel is a tenth smaller.
  stdin: {
    ...options.stdin,
    contents: `import openPanel from "./ui/main.tsx";
      openPanel(document.getElementById("create-figma-plugin"));`,
  },
});
