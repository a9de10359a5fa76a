import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dollars } from "#domain/price";
import { createFakeProvider, fakeModel } from "../helpers/fake-provider.ts";
import { ideaFlow } from "../helpers/idea-flow.ts";
import { openTestConsole, type TestConsole } from "../helpers/open-test-console.ts";

let console: TestConsole;
beforeAll(async () => {
  const models = [fakeModel("text", { price: dollars(0.04) })];
  console = await openTestConsole({ providers: [createFakeProvider({ models })] });
}, 120_000);
afterAll(() => console.close());

describe("a cap", () => {
  test("is set for the team, a member and a file, changed and ended; a wrong amount is told", async () => {
    const opened = await console.signIn();
    const { page, troubles } = opened;
    await console.run(
      "file-capped",
      ideaFlow("Words", "fake:text", { instruction: "Describe it" }),
    );
    await opened.go("Spending");
    const known = async () => {
      const { caps } = await console.commands.command("caps", { body: undefined });
      return caps.map(({ kind, name, unit, most }) => [kind, name, unit, most]);
    };
    const setCap = page.getByRole("button", { name: "Set a cap" });
    const most = page.getByRole("textbox", { name: "At most, a month" });
    await page.getByText("Nobody is capped.").waitFor();
    await setCap.click();
    await most.fill("a lot");
    await page.keyboard.press("Enter");
    await page.getByText('"a lot" is no whole number of credits.').waitFor();
    await most.fill("5000");
    await page.keyboard.press("Enter");
    await page.getByText("0 of 5000 credits").waitFor();
    await expect.poll(() => setCap.evaluate((button) => button.matches(":focus"))).toBe(true);

    await setCap.click();
    await page.getByRole("combobox", { name: "Whom to cap" }).selectOption("A member");
    await page.getByRole("combobox", { name: "Member" }).selectOption("you");
    await page.getByRole("combobox", { name: "In" }).selectOption("Dollars");
    await most.fill("20.50");
    await page.getByRole("button", { name: "Set cap" }).click();
    await page.getByText(/ of \$20\.50$/).waitFor();

    await setCap.click();
    await page.getByRole("combobox", { name: "Whom to cap" }).selectOption("A file");
    await page.getByRole("combobox", { name: "File" }).selectOption("file-capped");
    await most.fill("0");
    await page.getByRole("button", { name: "Set cap" }).click();
    await page.getByText("The file file-capped").waitFor();
    expect(await known()).toEqual([
      ["team", "", "credits", 5_000],
      ["member", "you", "microDollars", 20_500_000],
      ["file", "file-capped", "credits", 0],
    ]);

    await page.getByRole("button", { name: "Change the cap of you, $20.50" }).click();
    expect(await most.inputValue()).toBe("20.5");
    await most.fill("30");
    await page.keyboard.press("Enter");
    await page.getByText(/ of \$30\.00$/).waitFor();
    const all = ["you, $30.00", "The file file-capped, 0 credits", "The team, 5000 credits"];
    for (const capped of all) {
      const end = page.getByRole("button", { name: `End the cap of ${capped}` });
      await end.click();
      await page.getByText(`End the cap of ${capped} a month?`).waitFor();
      await page.getByRole("button", { name: "End cap", exact: true }).click();
      await end.waitFor({ state: "detached" });
    }
    await page.getByText("Nobody is capped.").waitFor();
    await expect.poll(() => setCap.evaluate((button) => button.matches(":focus"))).toBe(true);
    expect(await known()).toEqual([]);

    await page.getByRole("button", { name: "Change what is confirmed twice" }).click();
    await page.getByRole("textbox", { name: "Confirm twice above" }).fill("70");
    await page.keyboard.press("Enter");
    await page.getByText("A run that may cost more than 70 credits").waitFor();
    expect(troubles).toEqual([]);
  });

  test("that is set while another month is chosen leaves that month's figures on the page", async () => {
    const opened = await console.signIn();
    const { page, troubles } = opened;
    await opened.go("Spending");
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    await page.route("**/v1/caps", async (route) => {
      if (route.request().method() === "POST") {
        asked.resolve();
        await answered.promise;
      }
      await route.continue();
    });
    await page.getByRole("button", { name: "Set a cap" }).click();
    await page.getByRole("textbox", { name: "At most, a month" }).fill("900");
    await page.keyboard.press("Enter");
    await asked.promise;
    expect(await page.getByRole("button", { name: "Cancel" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "The month before" }).click();
    await page.getByText(/^Nothing was spent in /).waitFor();
    answered.resolve();
    await page.getByText("0 of 900 credits").waitFor();
    await page.getByText(/^Nothing was spent in /).waitFor();
    expect(troubles).toEqual([]);
  });
});
