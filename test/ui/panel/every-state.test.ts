import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPreview, type Preview } from "./open-preview.ts";

let preview: Preview;
beforeAll(async () => {
  preview = await openPreview();
});
afterAll(async () => {
  await preview.close();
});

const widthsPx = [300, 340, 520];
const tabs = ["Node", "Runs", "Settings"];
/** Roles of what can be pressed, chosen or typed in: each needs a name. */
const controls = new Set(
  ["button", "textbox", "combobox", "checkbox", "switch", "slider", "spinbutton", "tab"].concat([
    "option",
    "menuitem",
    "menuitemradio",
    "searchbox",
    "listbox",
    "dialog",
    "progressbar",
    "toolbar",
    "tabpanel",
  ]),
);

/**
 * Opens one tab after the other and tells, for each, what stands out of the panel at its right. One
 * script for all tabs: the many states are looked at without a click's wait for the next frames.
 */
const standingOutByTab = `(async (names) => {
  const found = {};
  for (const name of names) {
    const tab = [...document.querySelectorAll("[role=tab]")]
      .find((element) => element.textContent.trim().startsWith(name));
    if (tab && name !== "Node") tab.click();
    await new Promise((done) => setTimeout(done));
    const panels = document.querySelectorAll(".panel, .scroll, .bottom, .notices, dialog, .menu");
    found[name] = [...panels]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.className);
  }
  return found;
})`;

async function openTabs(): Promise<string[]> {
  const present = await preview.page.getByRole("tab").count();
  const isCovered = await preview.page.locator("dialog[open]").count();
  return present > 0 && isCovered === 0 ? tabs : ["Node"];
}

describe("every state of the panel", () => {
  it("is drawn in both themes without an error, and nothing stands out at any width", async () => {
    for (const [at, width] of widthsPx.entries()) {
      await preview.page.setViewportSize({ width, height: 640 });
      for (const name of await preview.names()) {
        for (const theme of ["light", "dark"] as const) {
          await preview.show(name, theme);
          const names = await openTabs();
          const found = await preview.page.evaluate(
            `${standingOutByTab}(${JSON.stringify(names)})`,
          );
          const nothing = Object.fromEntries(names.map((tab) => [tab, []]));
          expect([name, theme, width, found]).toEqual([name, theme, width, nothing]);
          // What goes wrong after the first frames does so at every width.
          if (at === 0) await preview.drawn();
          expect([name, theme, preview.problems]).toEqual([name, theme, []]);
        }
      }
    }
    await preview.page.setViewportSize({ width: 340, height: 640 });
  }, 240_000);

  it("names every control for a screen reader", async () => {
    for (const name of await preview.names()) {
      await preview.show(name);
      for (const tab of await openTabs()) {
        if (tab !== "Node") {
          await preview.page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
        }
        const spoken = await preview.spoken();
        const nameless = spoken.filter(
          (node) => controls.has(node.role) && node.name.trim() === "",
        );
        expect([name, tab, nameless]).toEqual([name, tab, []]);
        expect(spoken.length).toBeGreaterThan(3);
      }
    }
  }, 120_000);

  it("has no id twice, and every reference to an id leads somewhere", async () => {
    for (const name of await preview.names()) {
      await preview.show(name);
      const wrong = await preview.page.evaluate(`(() => {
        const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
        const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
        const attributes = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];
        const lost = attributes.flatMap((attribute) =>
          [...document.querySelectorAll("[" + attribute + "]")]
            .flatMap((element) => element.getAttribute(attribute).split(" "))
            .filter((id) => !ids.includes(id)));
        return { twice, lost };
      })()`);
      expect([name, wrong]).toEqual([name, { twice: [], lost: [] }]);
    }
  });

  it("has one primary button at most that can be reached", async () => {
    for (const name of await preview.names()) {
      await preview.show(name);
      const count = await preview.page.evaluate<number>(`
        [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("button")]
          .filter((button) => !button.classList.contains("split-more"))
          .filter((button) => ["rgb(13, 153, 255)", "rgb(217, 217, 217)"]
            .includes(getComputedStyle(button).backgroundColor)).length`);
      expect([name, count <= 1]).toEqual([name, true]);
    }
  });

  it("writes in 11 px Inter and lets text be selected", async () => {
    await preview.show("node-failed");
    const look = await preview.page.evaluate(`(() => {
      const { fontSize, fontFamily, userSelect } = getComputedStyle(document.querySelector(".failure p"));
      return { fontSize, isInter: fontFamily.startsWith("Inter"), userSelect };
    })()`);
    expect(look).toEqual({ fontSize: "11px", isInter: true, userSelect: "text" });
  });

  it("stands still for people who asked for less motion", async () => {
    await preview.page.emulateMedia({ reducedMotion: "reduce" });
    await preview.show("node-running");
    await preview.page.getByRole("tab", { name: /^Runs/ }).click();
    const moving = await preview.page.evaluate("document.getAnimations().length");
    await preview.page.emulateMedia({ reducedMotion: "no-preference" });
    const moved = await preview.page.evaluate("document.getAnimations().length");
    expect({ moving, isMovingElse: Number(moved) > 0 }).toEqual({ moving: 0, isMovingElse: true });
  });
});
