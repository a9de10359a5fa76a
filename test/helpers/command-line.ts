import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "./child-environment.ts";

const program = fileURLToPath(new URL("../../server/cli.ts", import.meta.url));

/** How a command ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command line as a process of its own on a data folder, as a person would. */
export function runCommandLine(
  words: readonly string[],
  environment: { readonly SPACES_DATA: string; readonly SPACES_FAILPOINTS?: string },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      env: { ...childEnvironment(), HOME: process.env["HOME"], ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    child.stdout.on("data", (piece: Buffer) => (output += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (errors += piece.toString()));
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, output, errors }));
  });
}

/** A FigJam board as REST JSON: shapes in a row, each joined with the next by a connector. */
export function rowOfShapes(texts: readonly string[]): object {
  const shapes = texts.map((characters, at) => ({
    id: `1:${at}`,
    type: "SHAPE_WITH_TEXT",
    name: characters,
    characters,
    absoluteBoundingBox: { x: at * 300, y: 0, width: 200, height: 100 },
  }));
  const lines = texts.slice(1).map((_, at) => ({
    id: `2:${at}`,
    type: "CONNECTOR",
    name: "Connector line",
    connectorStart: { endpointNodeId: `1:${at}`, magnet: "RIGHT" },
    connectorEnd: { endpointNodeId: `1:${at + 1}`, magnet: "LEFT" },
    connectorStartStrokeCap: "NONE",
    connectorEndStrokeCap: "LINE_ARROW",
  }));
  const page = { id: "0:1", type: "CANVAS", name: "Page 1", children: [...shapes, ...lines] };
  return { name: "Board", document: { id: "0:0", type: "DOCUMENT", children: [page] } };
}
