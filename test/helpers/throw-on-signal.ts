// Loaded into a relay before it starts: breaks it as a mistake of ours would, in a timer or a promise.
process.on("SIGUSR2", () => {
  setTimeout(() => {
    throw new Error("planted-secret");
  });
});
process.on("SIGHUP", () => {
  void Promise.reject(new TypeError("planted-secret"));
});
