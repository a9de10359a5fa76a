import { render } from "preact";
import { Console } from "./console.tsx";
import { takeCode } from "./kept-token.ts";
import { followTheme } from "./theme.ts";

const root = document.getElementById("console");
if (root === null) throw new Error("The page has no place for the console.");
followTheme(document.body);
render(<Console code={takeCode()} />, root);
