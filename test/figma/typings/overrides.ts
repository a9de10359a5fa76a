/** A correction of the generated member table, with the reason it is needed. */
export interface MemberOverride {
  readonly on: string;
  readonly member: string;
  readonly editors: "all" | readonly string[];
  readonly basis: string;
}

/** Where the notes of the typings are missing or wrong about the editor a member exists in. */
export const memberOverrides: readonly MemberOverride[] = [
  {
    on: "PluginAPI",
    member: "createPage",
    editors: ["figma"],
    basis:
      "[D] plugins/working-in-figjam: pages cannot be created in FigJam; createPage is absent there",
  },
  {
    on: "PluginAPI",
    member: "createComponent",
    editors: ["figma"],
    basis: "[D] plugins/working-in-figjam: components cannot be created in FigJam",
  },
];
