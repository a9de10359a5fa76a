import { setFlagsFromString } from "node:v8";
import { keepCompiled } from "./keep-compiled.ts";

// V8 lets the space of new objects grow to 2 x 64 MB under load and keeps it for ever (node --v8-options:
// semi-space). What a process begins with is as quick, and 5,000 event streams fit into 250 MB
// (reliability.md 4.4). It is said before anything is loaded: what has grown does not shrink.
setFlagsFromString("--semi-space-growth-factor=1");
// What is imported by name is loaded before anything is done.
keepCompiled(process.env);
await import("./relay-process.ts");
