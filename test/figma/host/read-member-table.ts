import { readFileSync } from "node:fs";

/** The generated table of members as JSON; the playground has its own way to it. */
export function readMemberTable(): string {
  return readFileSync(new URL("../typings/members.generated.json", import.meta.url), "utf8");
}
