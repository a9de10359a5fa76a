/** How the command line talks to a person. */
export interface Terminal {
  readonly print: (line: string) => void;
  /** Writes text as it is. */
  readonly write: (text: string) => void;
  /** Asks yes or no; null where nobody can be asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
  /** Reads a secret that is not shown while it is typed, or that is piped in. */
  readonly readSecret: (question: string) => Promise<string>;
}
