import { test } from "vitest";
import type { PluginWindow } from "../people/plugin-window.ts";
import { rules } from "../rules.ts";
import {
  createStandIn,
  type PluginOptions,
  type StandIn,
  type StandInOptions,
} from "../stand-in.ts";

/** A manifest that passes, with what a test wants different. */
export function manifestWith(
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    name: "Trial",
    id: "1000",
    api: "1.0.0",
    main: "main.js",
    editorType: ["figma", "figjam"],
    documentAccess: "dynamic-page",
    ...changes,
  };
}

/** What a trial gives: the values handed to `report`, and all there is to look at. */
export interface Trial {
  readonly reported: readonly unknown[];
  readonly window: PluginWindow;
  readonly standIn: StandIn;
}

/** How a trial is set up; `on` uses a stand-in that is there already. */
export interface TrialOptions extends Partial<StandInOptions>, Partial<PluginOptions> {
  readonly on?: StandIn;
}

/**
 * Runs `code` as a plugin's async main. `report(value)` hands a value out, `attempt(work)` gives the
 * message of the error that `work` throws, or "fine".
 */
export async function tryPlugin(code: string, options: TrialOptions = {}): Promise<Trial> {
  const { on, manifest = manifestWith(), ...rest } = options;
  const standIn = on ?? createStandIn({ editor: "figma", seed: 7, ...rest });
  const window = await standIn.runPlugin({ ...rest, manifest, mainCode: wrap(code) });
  await standIn.clock.idle();
  if (window.errors.length > 0) throw new Error(JSON.stringify(window.errors));
  return { window, standIn, reported: window.logged };
}

function wrap(code: string): string {
  return `const report = (value) => console.log(value);
const attempt = (work) => { try { work(); return "fine" } catch (error) { return error.message } };
const attemptLater = async (work) => { try { await work(); return "fine" } catch (error) { return error.message } };
const red = [{ type: "SOLID", color: { r: 1, g: 0, b: 0 } }];
(async () => {
${code}
})();`;
}

/** A test of one rule of rules.ts, titled by its words and its basis. */
export function ruleTest(id: string, run: () => Promise<void>): void {
  const rule = rules.find((other) => other.id === id);
  if (rule === undefined) throw new Error(`There is no rule ${id}.`);
  test(`${id}: ${rule.says} [${rule.certainty}: ${rule.basis}]`, run);
}
