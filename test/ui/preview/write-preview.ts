import { mkdir, writeFile } from "node:fs/promises";
import { buildPreview } from "./build-preview.ts";

// Run it with "node test/ui/preview/write-preview.ts" and open build/preview.html in a browser.
await mkdir("build", { recursive: true });
await writeFile("build/preview.html", await buildPreview());
