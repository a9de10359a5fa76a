import type { KeyedDeclaration } from "../declaration.ts";
import { createMagnific } from "./magnific-provider.ts";
import { magnificCatalog } from "./models.ts";

const free = { path: "/v1/resources?limit=1" };

/** Magnific: upscalers, camera, light and style, pictures, clips and sounds. There is no client of theirs. */
export const magnific: KeyedDeclaration = {
  id: "magnific",
  title: "Magnific",
  key: {
    variables: ["MAGNIFIC_API_KEY"],
    origins: ["https://api.magnific.com"],
    header: "x-magnific-api-key",
    prefix: "",
    free,
  },
  open: (parts) =>
    createMagnific({ declared: magnific, catalog: magnificCatalog("magnific", "Magnific"), parts }),
};

/** The same under its former name, for keys that were made there: the paths are the same. */
export const freepik: KeyedDeclaration = {
  id: "freepik",
  title: "Freepik",
  key: {
    variables: ["FREEPIK_API_KEY"],
    origins: ["https://api.freepik.com"],
    header: "x-freepik-api-key",
    prefix: "",
    free,
  },
  open: (parts) =>
    createMagnific({ declared: freepik, catalog: magnificCatalog("freepik", "Freepik"), parts }),
};
