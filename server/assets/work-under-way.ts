/** Keeps account of work that has begun, so that whoever closes can wait until nothing is left of it. */
export interface WorkUnderWay {
  /** Notes a piece of work and hands it on as it is. */
  track<Result>(work: Promise<Result>): Promise<Result>;
  /** Waits until no work is left, also what began meanwhile; how it ended is its callers' affair. */
  settled(): Promise<void>;
}

/** An account of work, empty at first. */
export function createWorkUnderWay(): WorkUnderWay {
  const works = new Set<Promise<unknown>>();
  return {
    track: (work) => {
      const forget = () => works.delete(work);
      works.add(work);
      work.then(forget, forget);
      return work;
    },
    settled: async () => {
      while (works.size > 0) await Promise.allSettled(works);
    },
  };
}
