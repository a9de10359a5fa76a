import { tasks, type Model } from "#domain/model";
import { fakeModel } from "./fake-provider.ts";

/** A model for every task; an image costs three credits each. */
export const testModels: readonly Model[] = tasks.map((task) =>
  fakeModel(task, {
    title: `Model for ${task}`,
    ...(task === "image" && {
      price: { kind: "times", setting: "count", price: { kind: "fixed", credits: 3 } },
    }),
  }),
);
