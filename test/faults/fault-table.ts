import type { Fault } from "./fault-list.ts";
import type { Proof } from "./find-proofs.ts";

/** What is wrong between the faults and the tests that are said to prove them, as sentences. */
export function checkProofs(faults: readonly Fault[], proofs: readonly Proof[]): string[] {
  const known = new Map(faults.map((fault) => [fault.number, fault]));
  const proven = new Set(proofs.flatMap((proof) => proof.faults));
  const unknown = proofs.flatMap(({ file, name, faults: numbers }) =>
    numbers
      .filter((number) => known.get(number)?.applies === undefined)
      .map((number) => `test/${file}: "${name}" proves F${number}, which there is not.`),
  );
  const untrue = faults.flatMap(({ number, applies }) => {
    const isProven = proven.has(number);
    if (applies === "yes" && !isProven) return [`F${number} applies and no test proves it.`];
    if (applies === "yes" || !isProven) return [];
    return [`F${number} has a test: it is held, and listed as something else.`];
  });
  return [...unknown, ...untrue];
}

/** The faults and what proves them, as the Markdown of test/faults/README.md. */
export function drawFaultTable(faults: readonly Fault[], proofs: readonly Proof[]): string {
  const count = (applies: Fault["applies"]) =>
    faults.filter((fault) => fault.applies === applies).length;
  const rest = [
    `${count("no")} cannot happen yet`,
    ...(count("open") > 0 ? [`${count("open")} are open`] : []),
  ];
  return [
    "# Faults",
    "",
    "What can go wrong around a paid run, and the tests that show that nothing is lost and nothing is paid",
    "twice. Made by `npm run faults` from the names of the tests; a test proves a fault by beginning with its",
    "number. Not to be written by hand.",
    "",
    `Of ${faults.length} faults ${count("yes")} are held, ${rest.join(", ")}.`,
    "",
    "| Fault | What happens | State | Proven by |",
    "| --- | --- | --- | --- |",
    ...faults.map((fault) => rowOf(fault, proofs)),
    "",
  ].join("\n");
}

function rowOf(fault: Fault, proofs: readonly Proof[]): string {
  const own = proofs.filter(({ faults }) => faults.includes(fault.number));
  const files = [...new Set(own.map(({ file }) => file))];
  const proven = files.map((file) => {
    const names = own.filter((proof) => proof.file === file).map(({ name }) => inCell(name));
    return `[${file}](../${file}): ${names.join("; ")}`;
  });
  const cells = [
    `F${fault.number}`,
    inCell(fault.what),
    stateOf(fault, own.length > 0),
    proven.join("<br>"),
  ];
  return `| ${cells.join(" | ")} |`;
}

function stateOf(fault: Fault, isProven: boolean): string {
  if (fault.applies === "no") return `not applicable: ${inCell(fault.reason)}`;
  return isProven ? "held" : "open";
}

function inCell(text: string): string {
  return text.replace(/[|\\<>`*_$]/g, (mark) => `\\${mark}`).replace(/\s+/g, " ");
}
