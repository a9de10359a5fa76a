/** Magnific's names of ratios (its API specification of 2026-07). */
const names: Readonly<Record<string, string>> = {
  "1:1": "square_1_1",
  "4:3": "classic_4_3",
  "3:4": "traditional_3_4",
  "16:9": "widescreen_16_9",
  "9:16": "social_story_9_16",
  "20:9": "smartphone_horizontal_20_9",
  "9:20": "smartphone_vertical_9_20",
  "3:2": "standard_3_2",
  "2:3": "portrait_2_3",
  "2:1": "horizontal_2_1",
  "1:2": "vertical_1_2",
  "5:4": "social_5_4",
  "4:5": "social_post_4_5",
  "21:9": "cinematic_21_9",
};

/** Magnific's name of a ratio such as "16:9". */
export function namedRatio(ratio: unknown): string {
  return names[String(ratio)] ?? "square_1_1";
}
