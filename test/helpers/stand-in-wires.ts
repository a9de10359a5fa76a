import process from "node:process";
import * as z from "zod";
import { systemWires } from "../../server/egress/guarded-connector.ts";
import { standInInternet } from "./stand-in-internet.ts";

// Loaded into a relay before it starts: all its ways out lead to one server of the test, by the names
// that it is told. Everything else of it is the relay that people start.

const told = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ port: z.int(), hosts: z.array(z.string()) }));
const { port, hosts } = told.parse(process.env["STAND_IN_INTERNET"]);
Object.assign(
  systemWires,
  standInInternet(port, Object.fromEntries(hosts.map((host) => [host, [["1.1.1.1"]]]))),
);
