import * as z from "zod";

/** What ComfyUI says of one input: its type or its choices, and its range (GET /object_info). */
const inputInfoSchema = z.tuple([z.union([z.string(), z.array(z.json())])]).rest(z.json());

const nodeInfoSchema = z.object({
  input: z
    .object({
      required: z.record(z.string(), z.json()).nullish(),
      optional: z.record(z.string(), z.json()).nullish(),
    })
    .nullish(),
  output_node: z.boolean().nullish(),
});

/** Every class of node that a server has. */
export const objectInfoSchema = z.record(z.string(), z.json());
/** Every class of node that a server has, each still to be read. */
export type ObjectInfo = z.infer<typeof objectInfoSchema>;

const rangeSchema = z.object({
  min: z.number().nullish(),
  max: z.number().nullish(),
  step: z.number().positive().nullish(),
  multiline: z.boolean().nullish(),
  options: z.array(z.json()).nullish(),
  image_upload: z.boolean().nullish(),
  video_upload: z.boolean().nullish(),
  audio_upload: z.boolean().nullish(),
});

/** What an input takes, as far as the server tells. */
export type InputInfo =
  | { readonly kind: "choice"; readonly values: readonly string[]; readonly isUpload: boolean }
  | {
      readonly kind: "number";
      readonly isWhole: boolean;
      readonly min: number | null;
      readonly max: number | null;
      readonly step: number | null;
    }
  | { readonly kind: "text"; readonly isLong: boolean }
  | { readonly kind: "switch" }
  | { readonly kind: "other" };

/** What a class says of an input; null where the server does not have the class or says nothing of it. */
export function inputInfoOf(info: ObjectInfo, type: string, input: string): InputInfo | null {
  const node = nodeInfoSchema.safeParse(info[type]);
  if (!node.success) return null;
  const { required, optional } = node.data.input ?? {};
  const read = inputInfoSchema.safeParse(required?.[input] ?? optional?.[input]);
  if (!read.success) return null;
  const [type_, more] = read.data;
  const range = rangeSchema.safeParse(more ?? {});
  const told = range.success ? range.data : {};
  if (Array.isArray(type_) || type_ === "COMBO") {
    const values = Array.isArray(type_) ? type_ : (told.options ?? []);
    const isUpload = [told.image_upload, told.video_upload, told.audio_upload].includes(true);
    return { kind: "choice", values: values.map(String), isUpload };
  }
  switch (type_) {
    case "INT":
    case "FLOAT":
      return {
        kind: "number",
        isWhole: type_ === "INT",
        min: told.min ?? null,
        max: told.max ?? null,
        step: told.step ?? null,
      };
    case "STRING":
      return { kind: "text", isLong: told.multiline === true };
    case "BOOLEAN":
      return { kind: "switch" };
    default:
      return { kind: "other" };
  }
}

/** Whether a server has a class of node. */
export function hasClass(info: ObjectInfo, type: string): boolean {
  return Object.hasOwn(info, type);
}

/** Whether nodes of a class give something to take: pictures, clips or sounds that are kept. */
export function isOutputClass(info: ObjectInfo, type: string): boolean {
  const node = nodeInfoSchema.safeParse(info[type]);
  return node.success && node.data.output_node === true;
}
