import * as z from "zod/mini";

/** A whole number from 0 on: how many, credits, milliseconds, a place in an order. */
export const countSchema = z.int().check(z.minimum(0));
