/** How wide a card is (look.md). */
export const cardWidthPx = 280;
/** The space between the edge of a card and what is in it. */
export const cardPaddingPx = 16;
/** How wide what lies in a card is. */
export const innerWidthPx: number = cardWidthPx - 2 * cardPaddingPx;
/** How large the text of a node or a result is in a card. */
export const cardTextPx = 12;
/** So much of a text is seen in a card (look.md). */
export const mostLinesInCard = 12;
