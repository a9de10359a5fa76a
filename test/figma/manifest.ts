import * as z from "zod";

const menuItem: z.ZodType = z.lazy(() =>
  z.strictObject({
    name: z.string().optional(),
    command: z.string().optional(),
    separator: z.boolean().optional(),
    menu: z.array(menuItem).optional(),
    parameters: z.array(parameter).optional(),
    parameterOnly: z.boolean().optional(),
  }),
);

const parameter = z.strictObject({
  name: z.string(),
  key: z.string(),
  description: z.string().optional(),
  allowFreeform: z.boolean().optional(),
  optional: z.boolean().optional(),
});

/** A plugin's manifest; unknown keys are refused as Figma refuses them (figma-platform.md 2.1). */
const manifestSchema = z.strictObject({
  name: z.string().min(1),
  id: z.string().min(1),
  api: z.literal("1.0.0"),
  main: z.string(),
  ui: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  editorType: z.array(z.enum(["figma", "figjam", "dev", "slides", "buzz"])).min(1),
  documentAccess: z.literal("dynamic-page").optional(),
  networkAccess: z
    .strictObject({
      allowedDomains: z.array(z.string()).min(1),
      devAllowedDomains: z.array(z.string()).optional(),
      reasoning: z.string().optional(),
    })
    .optional(),
  permissions: z
    .array(z.enum(["currentuser", "activeusers", "fileusers", "payments", "teamlibrary"]))
    .optional(),
  capabilities: z.array(z.enum(["textreview", "codegen", "inspect", "vscode"])).optional(),
  menu: z.array(menuItem).optional(),
  parameters: z.array(parameter).optional(),
  parameterOnly: z.boolean().optional(),
  relaunchButtons: z
    .array(
      z.strictObject({
        command: z.string(),
        name: z.string(),
        multipleSelection: z.boolean().optional(),
      }),
    )
    .optional(),
  enablePrivatePluginApi: z.boolean().optional(),
  enableProposedApi: z.boolean().optional(),
  build: z.string().optional(),
});

/** A manifest that passed the check. */
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * Reads a manifest as Figma does on import: unknown keys, both figjam and dev, IP literals in the
 * network list, and a missing reasoning are refused with one sentence each.
 */
export function readManifest(value: unknown): Manifest {
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw new Error(describe(parsed.error.issues[0]));
  const manifest = parsed.data;
  if (manifest.editorType.includes("figjam") && manifest.editorType.includes("dev"))
    throw new Error('Manifest error: editorType cannot hold both "figjam" and "dev".');
  checkNetwork(manifest.networkAccess);
  return manifest;
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys")
    return `Manifest has unexpected extra property: ${issue.keys.join(", ")}`;
  return `Manifest error: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is invalid"}`;
}

function checkNetwork(access: Manifest["networkAccess"]): void {
  if (access === undefined) return;
  const domains = [...access.allowedDomains, ...(access.devAllowedDomains ?? [])];
  for (const domain of domains) {
    if (domain === "none" || domain === "*") continue;
    const match = /^(?:(?<scheme>[a-z]+):\/\/)?(?<host>[^/:]+)(?::\d+)?(?:\/.*)?$/.exec(domain);
    const { scheme, host } = match?.groups ?? {};
    if (host === undefined) throw new Error(`Manifest error: ${domain} is not a valid domain.`);
    if (scheme !== undefined && !["http", "https", "ws", "wss"].includes(scheme))
      throw new Error(`Manifest error: ${domain} has a scheme other than http, https, ws, wss.`);
    if (/^(\d+\.){3}\d+$/.test(host) || host.startsWith("["))
      throw new Error(`Manifest error: ${domain} is an IP address; use a domain or localhost.`);
  }
  const needsReason = access.allowedDomains.some(
    (domain) => domain === "*" || domain.includes("localhost"),
  );
  if (needsReason && access.reasoning === undefined)
    throw new Error('Manifest error: networkAccess needs a "reasoning" for "*" or localhost.');
}
