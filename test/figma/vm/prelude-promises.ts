/**
 * Puts a Promise into the plugin's world that notices rejections nobody handles; the answer reports
 * those seen since it was asked last. Turned into text for the virtual machine.
 */
export function installPromises(
  global: Record<string, unknown>,
  report: (error: unknown) => void,
): () => void {
  const rejected = new Map<object, unknown>();
  const handled = new WeakSet();
  class WatchedPromise<T> extends Promise<T> {
    constructor(
      executor: (resolve: (value: T) => void, reject: (reason?: unknown) => void) => void,
    ) {
      const early: { reason: unknown }[] = [];
      const made: { promise?: object } = {};
      super((resolve, reject) => {
        executor(resolve, (reason) => {
          reject(reason);
          if (made.promise === undefined) early.push({ reason });
          else if (!handled.has(made.promise)) rejected.set(made.promise, reason);
        });
      });
      made.promise = this;
      for (const { reason } of early) rejected.set(this, reason);
    }

    override then<A = T, B = never>(
      onResolved?: ((value: T) => A | PromiseLike<A>) | null,
      onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
    ): Promise<A | B> {
      handled.add(this);
      rejected.delete(this);
      return super.then(onResolved, onRejected);
    }
  }
  global["Promise"] = WatchedPromise;
  return () => {
    for (const reason of rejected.values()) report(reason);
    rejected.clear();
  };
}
