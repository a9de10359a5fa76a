import { oklch, type Oklab } from "./oklab.ts";

/** Words of prompts and the colour that they bring: lightness, chroma, hue in degrees (OKLCH). */
const table: readonly (readonly [words: string, lightness: number, chroma: number, hue: number])[] =
  [
    ["red crimson scarlet ruby cherry strawberry tomato lava", 0.58, 0.19, 26],
    ["coral salmon peach apricot", 0.74, 0.12, 38],
    ["orange tangerine pumpkin fire flame amber copper", 0.7, 0.16, 55],
    ["sunset dusk sunrise dawn autumn terracotta canyon desert warm", 0.68, 0.13, 45],
    ["gold golden honey mustard luxury brass", 0.77, 0.13, 82],
    ["yellow lemon sun sunny summer banana sunflower", 0.86, 0.15, 98],
    ["olive khaki savanna moss", 0.62, 0.1, 115],
    ["lime spring lawn", 0.8, 0.17, 128],
    ["green forest jungle wood garden leaf leaves tea matcha nature", 0.55, 0.11, 148],
    ["mint sage eucalyptus jade emerald", 0.74, 0.09, 165],
    ["teal turquoise lagoon tropical", 0.65, 0.1, 195],
    ["cyan aqua ice glacier arctic winter frost", 0.8, 0.08, 215],
    ["ocean sea water lake river wave coast beach sky", 0.62, 0.11, 235],
    ["blue azure denim corporate technology tech", 0.56, 0.14, 255],
    ["navy midnight indigo storm rain", 0.4, 0.11, 268],
    ["night galaxy cosmos stars moon", 0.45, 0.13, 280],
    ["purple violet grape amethyst", 0.55, 0.16, 300],
    ["lavender lilac wisteria dream dreamy", 0.75, 0.1, 302],
    ["neon cyber cyberpunk synthwave magenta fuchsia", 0.62, 0.22, 340],
    ["pink rose blossom sakura flamingo beauty romantic", 0.76, 0.12, 5],
    ["coffee wooden leather brown chocolate bread cinnamon rust", 0.52, 0.08, 58],
    ["sand beige cream linen oat vanilla clay", 0.82, 0.05, 80],
    ["white minimal minimalist clean paper studio snow porcelain", 0.88, 0.015, 80],
    ["grey gray concrete steel silver industrial brutalist fog mist", 0.68, 0.012, 250],
    ["black noir dark gothic shadow coal", 0.35, 0.02, 280],
  ];

const colours: ReadonlyMap<string, Oklab> = new Map(
  table.flatMap(([words, lightness, chroma, hue]) =>
    words.split(" ").map((word) => [word, oklch(lightness, chroma, hue)] as const),
  ),
);

/** Words that are a colour's own name; all others only bring one to mind. */
const names: ReadonlySet<string> = new Set(
  (
    "red crimson scarlet coral salmon peach apricot orange amber copper gold golden mustard yellow " +
    "olive khaki lime green mint sage emerald jade teal turquoise cyan aqua blue azure navy indigo " +
    "purple violet lavender lilac magenta fuchsia pink brown beige cream white grey gray silver black"
  ).split(" "),
);

/**
 * The colours that the words of a prompt bring, each once: first those it names, then those its other
 * words bring to mind ("a summer night in deep blue" is blue, not summer's yellow), each in their order.
 */
export function coloursOfWords(words: readonly string[]): Oklab[] {
  const isName = (word: string) => names.has(word);
  const inOrder = [...words.filter(isName), ...words.filter((word) => !isName(word))];
  const found = inOrder.flatMap((word) => {
    const colour = colours.get(word);
    return colour ? [colour] : [];
  });
  return found.filter(
    (colour, index) => found.findIndex((other) => other.join() === colour.join()) === index,
  );
}
