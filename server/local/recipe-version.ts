/**
 * The versions of our picture recipes. Each is part of the fingerprint of its results, so raise one
 * whenever the same request would give other bytes or other words.
 */
export const recipeVersions = {
  draft: "2",
  upscale: "1",
  camera: "1",
  describe: "1",
  assemble: "1",
} as const;
