import { effect } from "@preact/signals-core";
import { render } from "preact";
import { interWeights } from "../../figma/model/font-metrics.ts";
import { exampleBoards } from "../boards/index.ts";
import { CanvasInput } from "./canvas-input.ts";
import { Chrome } from "./chrome.tsx";
import { loadFonts } from "./host/read-font.ts";
import { openKeptStorage } from "./kept-storage.ts";
import { listenToKeyboard } from "./keyboard.ts";
import { drawExample } from "./draw-example.ts";
import type { OpenBoard } from "./open-board.ts";
import { openFile, takeDrops } from "./open-file.ts";
import { takePairingOffer } from "./pairing-offer.ts";
import { Playground } from "./playground.ts";
import { fetchPlugin } from "./plugin-files.ts";
import { PluginRunner } from "./plugin-runner.ts";
import { otherName, SomeoneElse } from "./someone-else.ts";

async function start(root: HTMLElement): Promise<void> {
  const storage = openKeptStorage();
  takePairingOffer(storage);
  const [files] = await Promise.all([fetchPlugin(), loadFonts(interWeights)]);
  const playground = new Playground(await drawExample(exampleBoards[0], files));
  const windows = document.createElement("div");
  const bars = document.createElement("div");
  root.replaceChildren(playground.element, windows, bars);
  // The second person has paired on a device of their own, with the same relay.
  const storages = new Map<string, Map<string, string>>([
    ["You", storage],
    [otherName, storage],
  ]);
  const runner = new PluginRunner(files, windows, storages);
  const other = new SomeoneElse(playground, runner);
  const startPlugin = (): Promise<void> => runner.start(playground.board.value);
  const say = (error: unknown): void =>
    runner.say(error instanceof Error ? error.message : String(error));
  const open = (board: OpenBoard): Promise<void> => {
    other.leave();
    playground.open(board);
    return startPlugin();
  };
  const openFileHere = (file: File): void => void openFile(playground, file, open).catch(say);
  const input = new CanvasInput(playground);
  listenToKeyboard(playground, input);
  takeDrops(root, openFileHere);
  // Drawn anew at every change of what it read.
  effect(() =>
    render(
      <Chrome
        playground={playground}
        runner={runner}
        other={other}
        openExample={(example) => void drawExample(example, files).then(open).catch(say)}
        openFile={openFileHere}
        openPlugin={() => void startPlugin().catch(say)}
      />,
      bars,
    ),
  );
  playground.fitAll();
  await startPlugin().catch(say);
}

const root = document.getElementById("playground");
if (root === null) throw new Error("The page has no place for the playground.");
start(root).catch((error: unknown) => {
  root.textContent = `The playground could not start: ${error instanceof Error ? error.message : String(error)}`;
});
