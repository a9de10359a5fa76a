/** Markup that would run if it were taken for markup. */
export const markup = `</script><script>globalThis.wasHit=1</script><img src=x onerror="globalThis.wasHit=1">`;

/** A word of 200 characters, Arabic with a right-to-left mark, and 10,000 characters. */
export const longWord = "W".repeat(200);
export const rightToLeft = "‮مرحبا بالعالم ‏(קצת עברית) 2024";
export const longText = `${markup} ${rightToLeft} ${longWord} `.repeat(40).slice(0, 10_000);
