import { signal, type Signal } from "@preact/signals-core";
import { textOf } from "../../figma/api/text-members.ts";
import { absoluteBox } from "../../figma/model/geometry.ts";
import { pageOf, type Layer } from "../../figma/model/layer.ts";
import type { User } from "../../figma/people/user.ts";
import { seenBox } from "./camera.ts";
import { canType } from "./edit-text.ts";
import type { Playground } from "./playground.ts";
import type { PluginRunner } from "./plugin-runner.ts";

/** The second person's name. */
export const otherName = "Kim";

/** A second person with the file open, who does what the buttons say. */
export class SomeoneElse {
  /** What they did last, in a sentence; null while they are away. */
  readonly said: Signal<string | null> = signal<string | null>(null);
  readonly #playground: Playground;
  readonly #runner: PluginRunner;

  constructor(playground: Playground, runner: PluginRunner) {
    this.#playground = playground;
    this.#runner = runner;
  }

  move(): void {
    this.#act(
      (layer) => layer.type !== "CONNECTOR",
      (user, layer) => {
        const [[, , x], [, , y]] = layer.values.transform;
        user.move(layer, x + 60, y + 40);
        return `${otherName} moved "${layer.values.name}".`;
      },
    );
  }

  edit(): void {
    this.#act(canType, (user, layer) => {
      user.type(layer, `${textOf(layer).characters} (edited by ${otherName})`.trim());
      return `${otherName} edited a text.`;
    });
  }

  delete(): void {
    this.#act(
      () => true,
      (user, layer) => {
        const { name } = layer.values;
        user.delete(layer);
        return `${otherName} deleted "${name}".`;
      },
    );
  }

  /** Opens the plugin in a window of their own, on the same file. */
  async openPlugin(): Promise<void> {
    const board = this.#playground.board.value;
    await this.#runner.start(board, board.standIn.remote(otherName));
    this.said.value = `${otherName} opened the plugin.`;
  }

  /** They close the file: their window of the plugin goes with them. */
  leave(): void {
    this.#runner.stop(otherName);
    this.#playground.overlay.pointer = null;
    this.#playground.requestDraw();
    this.said.value = null;
  }

  /** On what is selected here, else on the topmost fitting layer in view. */
  #act(fits: (layer: Layer) => boolean, act: (user: User, layer: Layer) => string): void {
    const { camera, size, scene, selection, overlay } = this.#playground;
    const suits = (layer: Layer): boolean =>
      fits(layer) && layer.type !== "SECTION" && !layer.values.locked;
    const layer =
      selection.find(suits) ?? scene.layersIn(seenBox(camera, size)).findLast(suits) ?? null;
    if (layer === null) {
      this.said.value = "There is nothing in view to do this with.";
      return;
    }
    const user = this.#playground.board.value.standIn.remote(otherName);
    user.select(layer);
    this.said.value = act(user, layer);
    if (pageOf(layer) !== null) {
      const { x, y, width, height } = absoluteBox(layer);
      const { color } = user.person;
      overlay.pointer = {
        x: x + width * 0.7,
        y: y + height * 0.6,
        name: otherName,
        personName: otherName,
        color,
      };
    }
    this.#playground.requestDraw();
  }
}
