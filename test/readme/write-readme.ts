import { writeFile } from "node:fs/promises";
import { readReadme, readmeUrl, withTables } from "./readme-tables.ts";

await writeFile(readmeUrl, withTables(await readReadme()));
