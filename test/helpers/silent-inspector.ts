import process from "node:process";

// Starts like the process that looks at media and then never answers.
process.on("message", () => undefined);
process.on("disconnect", () => process.exit());
process.send?.("ready");
