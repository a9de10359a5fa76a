import { benchCanvas } from "./canvas.ts";
import { benchChaos } from "./chaos.ts";
import { benchMakespan } from "./makespan.ts";
import { benchRelay } from "./relay.ts";
import { benchRelays } from "./relays.ts";

/** Every benchmark by the word that asks for it. */
const benches: Readonly<
  Record<string, () => Promise<{ readonly lines: readonly string[]; readonly data: unknown }>>
> = {
  makespan: benchMakespan,
  chaos: benchChaos,
  canvas: benchCanvas,
  relay: benchRelay,
  relays: benchRelays,
};

const words = process.argv.slice(2);
const isJson = words.includes("--json");
const names = words.filter((word) => !word.startsWith("--"));
const unknown = names.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  process.stderr.write(
    `There is no benchmark "${unknown}"; there are: ${Object.keys(benches).join(", ")}.\n`,
  );
  process.exit(1);
}
const results: Record<string, unknown> = {};
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  const { lines, data } = await benches[name]!();
  results[name] = data;
  if (!isJson) process.stdout.write(`${lines.join("\n")}\n`);
}
if (isJson) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
process.exit(0);
