import { readDocumentRecord } from "./read-records.ts";

/** Gives back how to look at the file's `doc` record: what differs from the last look is told. */
export function watchDocument(tell: (record: string) => void): () => void {
  let known = readDocumentRecord();
  return () => {
    const record = readDocumentRecord();
    if (record === known) return;
    known = record;
    tell(record);
  };
}
