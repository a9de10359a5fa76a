interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Figures in the text format of Prometheus, version 0.0.4. */
export interface Exposition {
  /** The only sample of that name that has these labels. Throws for none or several. */
  value(name: string, labels: Readonly<Record<string, string>>): number;
  labelValues(): string[];
}

const typeLine = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge)$/;
const helpLine = /^# HELP ([a-zA-Z_:][\w:]*) .+$/;
const sampleLine =
  /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/;

/** Parses it strictly: each sample behind HELP and TYPE of its name, none twice, a line end at the end. */
export function parseExposition(text: string): Exposition {
  if (!text.endsWith("\n")) throw new Error("The last line has no end.");
  const samples: Sample[] = [];
  const seen = new Set<string>();
  let helped = "";
  let typed = "";
  for (const line of text.split("\n").slice(0, -1)) {
    if (line === "") continue;
    const help = helpLine.exec(line)?.[1];
    const type = typeLine.exec(line)?.[1];
    if (help !== undefined) helped = help;
    else if (type !== undefined) {
      if (type !== helped) throw new Error(`${type} has no HELP.`);
      if (seen.has(`# ${type}`)) throw new Error(`${type} has two TYPEs.`);
      seen.add(`# ${type}`);
      typed = type;
    } else {
      const sample = parseSample(line);
      const key = line.slice(0, line.lastIndexOf(" "));
      if (sample.name !== typed || seen.has(key)) throw new Error(`Out of place: ${line}`);
      seen.add(key);
      samples.push(sample);
    }
  }
  return {
    value: (name, labels) => {
      const found = samples.filter(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
      );
      const [only] = found;
      if (!only || found.length > 1) throw new Error(`${found.length} samples are ${name}.`);
      return only.value;
    },
    labelValues: () => samples.flatMap((sample) => Object.values(sample.labels)),
  };
}

function parseSample(line: string): Sample {
  const match = sampleLine.exec(line);
  if (!match) throw new Error(`Not a sample: ${line}`);
  const labels: Record<string, string> = {};
  for (const [, label = "", value = ""] of (match[2] ?? "").matchAll(
    /(\w+)="((?:[^"\\]|\\.)*)"/g,
  )) {
    labels[label] = value;
  }
  return { name: match[1] ?? "", labels, value: Number(match[3]) };
}
