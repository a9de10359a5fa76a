import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describeType, type TypeWalk } from "./describe-type.ts";
import type { Member, MemberTable, Parameter } from "./member-table.ts";

const typingsFolder = new URL("../../../node_modules/@figma/plugin-typings/", import.meta.url);

/** Where the generated table is kept. */
export const memberTableFile: URL = new URL("./members.generated.json", import.meta.url);

/** Interfaces that are no layers and that a plugin still calls methods or reads members of. */
const otherInterfaces = [
  "PluginAPI",
  "UIAPI",
  "ViewportAPI",
  "ClientStorageAPI",
  "TimerAPI",
  "UtilAPI",
  "ConstantsAPI",
  "ParametersAPI",
  "VariablesAPI",
  "AnnotationsAPI",
  "TeamLibraryAPI",
  "Image",
  "Video",
  "NotificationHandler",
  "TextSublayerNode",
  "LabelSublayerNode",
  "TableCellNode",
  "PaintStyle",
  "TextStyle",
  "EffectStyle",
  "GridStyle",
  "SuggestionResults",
];

const editorNames: Record<string, string> = {
  FigJam: "figjam",
  "Figma Design": "figma",
  "Figma Slides": "slides",
  Slides: "slides",
  "Figma Buzz": "buzz",
  Buzz: "buzz",
  "Dev Mode": "dev",
};

/** The member table read from the installed typings, as the text of the file it is kept in. */
export function generateMemberTable(): string {
  const file = fileURLToPath(new URL("plugin-api.d.ts", typingsFolder));
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    strict: true,
    types: [],
  });
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error("The plugin typings are not installed.");
  const declarations = readDeclarations(source);
  const layers = new Set([...declarations.keys()].filter((name) => isLayerInterface(name)));
  const walk: TypeWalk = {
    checker: program.getTypeChecker(),
    shapes: {},
    layers: new Set([...layers, "BaseNode", "SceneNode", "BaseNodeMixin", "ChildrenMixin"]),
  };
  const interfaces: Record<string, Record<string, Member>> = {};
  const typeOf: Record<string, string> = {};
  for (const name of [...layers, ...otherInterfaces].sort()) {
    const declaration = declarations.get(name);
    if (declaration === undefined) throw new Error(`The typings have no interface ${name}.`);
    const members = describeInterface(walk.checker.getTypeAtLocation(declaration), walk);
    interfaces[name] = members;
    const shape = members["type"]?.shape;
    if (layers.has(name) && typeof shape === "object" && "oneOf" in shape)
      typeOf[String(shape.oneOf[0])] = name;
  }
  const { version } = JSON.parse(readFileSync(new URL("package.json", typingsFolder), "utf8")) as {
    version: string;
  };
  const table: MemberTable = {
    version,
    interfaces,
    typeOf,
    shapes: walk.shapes,
    changeProperties: readChangeProperties(source),
  };
  return packTable(table);
}

/** One line an interface, a distinct member and a shape, so that a difference can be read. */
function packTable(table: MemberTable): string {
  const distinct = new Map<string, number>();
  const lines = (entries: readonly string[]): string => `\n${entries.join(",\n")}\n`;
  const indexOf = (member: Member): number => {
    const text = JSON.stringify(member);
    const index = distinct.get(text) ?? distinct.size;
    distinct.set(text, index);
    return index;
  };
  const interfaces = Object.entries(table.interfaces).map(([name, members]) => {
    const indexes = Object.entries(members).map(([member, value]) => [member, indexOf(value)]);
    return `${JSON.stringify(name)}: ${JSON.stringify(Object.fromEntries(indexes))}`;
  });
  const shapes = Object.entries(table.shapes).map(
    ([name, shape]) => `${JSON.stringify(name)}: ${JSON.stringify(shape)}`,
  );
  return [
    `{"version": ${JSON.stringify(table.version)},`,
    `"typeOf": ${JSON.stringify(table.typeOf)},`,
    `"changeProperties": ${JSON.stringify(table.changeProperties)},`,
    `"interfaces": {${lines(interfaces)}},`,
    `"members": [${lines([...distinct.keys()])}],`,
    `"shapes": {${lines(shapes)}}}`,
    "",
  ].join("\n");
}

function isLayerInterface(name: string): boolean {
  return name.endsWith("Node") && !/Mixin|Sublayer|^Base|^Removed|TableCell/.test(name);
}

function readDeclarations(source: ts.SourceFile): Map<string, ts.InterfaceDeclaration> {
  const declarations = new Map<string, ts.InterfaceDeclaration>();
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node)) declarations.set(node.name.text, node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return declarations;
}

function readChangeProperties(source: ts.SourceFile): string[] {
  const text = /type NodeChangeProperty =([^]*?)\n\n/.exec(source.text)?.[1] ?? "";
  return [...text.matchAll(/'(\w+)'/g)].flatMap((match) => match[1] ?? []);
}

function describeInterface(type: ts.Type, walk: TypeWalk): Record<string, Member> {
  const members: Record<string, Member> = {};
  const properties = [...walk.checker.getPropertiesOfType(type)];
  for (const property of properties.sort((a, b) => (a.name < b.name ? -1 : 1)))
    if (!property.name.startsWith("__")) members[property.name] = describeMember(property, walk);
  return members;
}

function describeMember(property: ts.Symbol, walk: TypeWalk): Member {
  const declaration = property.declarations?.[0];
  if (declaration === undefined) throw new Error(`${property.name} has no declaration.`);
  const type = walk.checker.getTypeOfSymbolAtLocation(property, declaration);
  const signatures = walk.checker.getNonNullableType(type).getCallSignatures();
  const common = {
    ...(property.flags & ts.SymbolFlags.Optional ? { isOptional: true as const } : {}),
    ...readNotes(property, walk.checker),
  };
  if (signatures.length > 0)
    return {
      kind: "method",
      overloads: signatures.map((signature) => describeParameters(signature, walk)),
      ...(signatures.some((signature) => isPromise(signature))
        ? { returnsPromise: true as const }
        : {}),
      ...common,
    };
  const isReadonly = ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly;
  return {
    kind: "value",
    shape: describeType(type, walk),
    ...(isReadonly ? { isReadonly: true as const } : {}),
    ...common,
  };
}

function isPromise(signature: ts.Signature): boolean {
  return (signature.getReturnType().symbol as ts.Symbol | undefined)?.name === "Promise";
}

function describeParameters(signature: ts.Signature, walk: TypeWalk): Parameter[] {
  return signature.getParameters().map((parameter) => {
    const declaration = parameter.valueDeclaration as ts.ParameterDeclaration;
    const type = walk.checker.getTypeOfSymbolAtLocation(parameter, declaration);
    const isOptional =
      declaration.questionToken !== undefined || declaration.initializer !== undefined;
    return {
      name: parameter.name,
      shape: describeType(type, walk),
      ...(isOptional ? { isOptional: true as const } : {}),
      ...(declaration.dotDotDotToken ? { isRest: true as const } : {}),
    };
  });
}

function readNotes(
  property: ts.Symbol,
  checker: ts.TypeChecker,
): Pick<Member, "editors" | "dynamicPage"> {
  const text = [
    ts.displayPartsToString(property.getDocumentationComment(checker)),
    ...property.getJsDocTags().map((tag) => ts.displayPartsToString(tag.text)),
  ]
    .join(" ")
    .replaceAll(/\s+/g, " ");
  const note = /only available in ([^.]*)/.exec(text)?.[1];
  const editors = Object.keys(editorNames).filter((name) => note?.includes(name));
  const throws = text.includes(
    'will throw an exception if the plugin manifest contains `"documentAccess": "dynamic-page"`',
  );
  const isDynamic = text.includes("dynamic-page");
  return {
    ...(editors.length > 0
      ? { editors: [...new Set(editors.flatMap((name) => editorNames[name] ?? []))] }
      : {}),
    ...(throws
      ? { dynamicPage: "throws" as const }
      : isDynamic
        ? { dynamicPage: "loads" as const }
        : {}),
  };
}

if (import.meta.main) writeFileSync(memberTableFile, generateMemberTable());
