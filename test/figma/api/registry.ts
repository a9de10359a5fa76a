import type { Layer } from "../model/layer.ts";
import type { Session } from "./session.ts";

/** Reads a member of a layer. */
export type Getter = (session: Session, layer: Layer) => unknown;

/** Assigns a member of a layer; the value already has the type the typings ask for. */
export type Setter = (session: Session, layer: Layer, value: never) => void;

/** Runs a method of a layer; the arguments already have the types the typings ask for. */
export type Method = (session: Session, layer: Layer, ...args: never[]) => unknown;

/** Members of what is no layer, by name; `id` tells which one. */
export interface HandleMembers {
  readonly get?: Readonly<Record<string, (session: Session, id: string) => unknown>>;
  readonly set?: Readonly<Record<string, (session: Session, id: string, value: never) => void>>;
  readonly call?: Readonly<
    Record<string, (session: Session, id: string, ...args: never[]) => unknown>
  >;
}
