import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { faults } from "./fault-list.ts";
import { checkProofs, drawFaultTable } from "./fault-table.ts";
import { findProofs } from "./find-proofs.ts";

// Writes the table of faults, or with --check only says what is off; exit 1 when something is.

const file = join(import.meta.dirname, "README.md");
const proofs = await findProofs();
const troubles = checkProofs(faults, proofs);
const table = drawFaultTable(faults, proofs);
if (!process.argv.includes("--check")) {
  await writeFile(file, table);
} else if ((await readFile(file, "utf8").catch(() => "")) !== table) {
  troubles.push("test/faults/README.md is not what the tests say. Run: npm run faults");
}
process.stdout.write(troubles.map((trouble) => `${trouble}\n`).join(""));
process.exitCode = troubles.length > 0 ? 1 : 0;
