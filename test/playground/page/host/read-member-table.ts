import type * as host from "../../../figma/host/read-member-table.ts";
import table from "../../../figma/typings/members.generated.json?raw";

/** The stand-in's table of members, in a page. */
export const readMemberTable: typeof host.readMemberTable = () => table;
