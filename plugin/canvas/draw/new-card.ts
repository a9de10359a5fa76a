import type { CardContent } from "#domain/card";

/** What is drawn of a node, whether it has a layer already or not. */
export type NewCard = Omit<CardContent, "layer">;
