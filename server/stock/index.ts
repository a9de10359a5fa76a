import { magnificStocks } from "./magnific.ts";
import { pexels } from "./pexels.ts";
import type { StockDeclaration } from "./stock.ts";
import { unsplash } from "./unsplash.ts";

/** Every stock library, in the order in which they are asked where none is named. */
export const stockDeclarations: readonly StockDeclaration[] = [...magnificStocks, pexels, unsplash];
