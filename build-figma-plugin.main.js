/** Figma's own engine runs ES2020 and newer (figma-platform.md 3.1), so nothing is lowered further. */
export default (options) => ({ ...options, target: "es2022" });
