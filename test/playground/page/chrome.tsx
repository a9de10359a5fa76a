import { signal } from "@preact/signals-core";
import type { JSX } from "preact";
import type { ExampleBoard } from "../boards/example-board.ts";
import { exampleBoards } from "../boards/index.ts";
import type { Playground } from "./playground.ts";
import type { PluginRunner } from "./plugin-runner.ts";
import { otherName, type SomeoneElse } from "./someone-else.ts";
import { toolsOf } from "./tool.ts";

/** What the bars around the canvas work on. */
export interface ChromeParts {
  readonly playground: Playground;
  readonly runner: PluginRunner;
  readonly other: SomeoneElse;
  readonly openExample: (board: ExampleBoard) => void;
  readonly openFile: (file: File) => void;
  readonly openPlugin: () => void;
}

/** What is open in the corners: one menu at a time. */
const openMenu = signal<"boards" | "people" | null>(null);

/** The bars around the canvas: board and file, people, tools, zoom, notices. */
export function Chrome(parts: ChromeParts): JSX.Element {
  return (
    <>
      <BoardPicker {...parts} />
      <People {...parts} />
      <Toolbar {...parts} />
      <Zoom {...parts} />
      <Notices {...parts} />
    </>
  );
}

function BoardPicker({ playground, openExample, openFile }: ChromeParts): JSX.Element {
  const board = playground.board.value;
  const isOpen = openMenu.value === "boards";
  const editor = board.standIn.document.editor === "figjam" ? "FigJam" : "Design";
  return (
    <nav class="bar top-left" aria-label="Boards">
      <button
        type="button"
        class="title"
        aria-expanded={isOpen}
        onClick={() => (openMenu.value = isOpen ? null : "boards")}
      >
        {board.title}
        <span class="kind">{editor}</span>
      </button>
      {isOpen && (
        <div class="menu" role="menu">
          {exampleBoards.map((example) => (
            <button
              type="button"
              role="menuitem"
              key={example.id}
              onClick={() => {
                openMenu.value = null;
                openExample(example);
              }}
            >
              {example.title}
              <span class="kind">{example.editor === "figjam" ? "FigJam" : "Design"}</span>
            </button>
          ))}
          <label class="file" role="menuitem">
            Open a Figma REST file…
            <input
              type="file"
              accept=".json,application/json"
              onChange={(event) => {
                openMenu.value = null;
                const [file] = event.currentTarget.files ?? [];
                if (file !== undefined) openFile(file);
              }}
            />
          </label>
          <p class="hint">Or drop one on the canvas; pictures can be dropped too.</p>
        </div>
      )}
    </nav>
  );
}

function People({ playground, runner, other, openPlugin }: ChromeParts): JSX.Element {
  const isOpen = openMenu.value === "people";
  const { me } = playground.board.value;
  const isPluginOpen = runner.openFor.value.includes(me.person.name);
  return (
    <nav class="bar top-right" aria-label="People">
      {!isPluginOpen && (
        <button type="button" class="primary" onClick={openPlugin}>
          Open plugin
        </button>
      )}
      <span class="avatar me" title="You">
        Y
      </span>
      {other.said.value !== null && (
        <span class="avatar other" title={otherName}>
          {otherName[0]}
        </span>
      )}
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => (openMenu.value = isOpen ? null : "people")}
      >
        Someone else
      </button>
      {isOpen && (
        <div class="menu right" role="menu">
          <MenuItem text="Moves a layer" act={() => other.move()} />
          <MenuItem text="Edits a text" act={() => other.edit()} />
          <MenuItem text="Deletes a layer" act={() => other.delete()} />
          <MenuItem text="Opens the plugin" act={() => void other.openPlugin()} />
          <MenuItem text="Leaves" act={() => other.leave()} />
          <p class="hint" aria-live="polite">
            {other.said.value ??
              "A second person works on what is selected, else on what is in view."}
          </p>
        </div>
      )}
    </nav>
  );
}

function MenuItem({ text, act }: { readonly text: string; readonly act: () => void }): JSX.Element {
  return (
    <button type="button" role="menuitem" onClick={act}>
      {text}
    </button>
  );
}

function Toolbar({ playground }: ChromeParts): JSX.Element {
  const { editor } = playground.board.value.standIn.document;
  return (
    <div class="bar bottom" role="toolbar" aria-label="Tools">
      {toolsOf(editor).map(({ name, title, key, sign }) => (
        <button
          type="button"
          key={name}
          aria-label={title}
          aria-pressed={playground.tool.value === name}
          title={`${title} (${key.replace("shift+", "Shift ").toUpperCase()})`}
          onClick={() => {
            playground.tool.value = name;
            playground.element.focus();
          }}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={sign} />
          </svg>
        </button>
      ))}
    </div>
  );
}

function Zoom({ playground }: ChromeParts): JSX.Element {
  return (
    <div class="bar bottom-left" role="group" aria-label="Zoom">
      <button type="button" aria-label="Zoom out" onClick={() => playground.zoomBy(0.8)}>
        −
      </button>
      <button
        type="button"
        class="percent"
        aria-label="Show everything"
        title="Show everything (Shift 1)"
        onClick={() => playground.fitAll()}
      >
        {Math.round(playground.zoom.value * 100)}%
      </button>
      <button type="button" aria-label="Zoom in" onClick={() => playground.zoomBy(1.25)}>
        +
      </button>
    </div>
  );
}

function Notices({ runner }: ChromeParts): JSX.Element {
  return (
    <div class="notices" role="status">
      {runner.notices.value.map((notice) => (
        <div key={notice.message} class={notice.isError ? "notice error" : "notice"}>
          {notice.message}
          <button type="button" aria-label="Dismiss" onClick={notice.dismiss}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
