import { keepCompiled } from "./keep-compiled.ts";

// What is imported by name is loaded before anything is done.
keepCompiled(process.env);
await import("./relay-process.ts");
