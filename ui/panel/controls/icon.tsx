/** Lines of the panel's own icons in a square of 16 px. */
const lines = {
  add: "M8 3v10M3 8h10",
  busy: "M8 1.5A6.5 6.5 0 1 1 1.5 8",
  check: "m3.5 8.5 3 3 6-7",
  close: "m4 4 8 8m0-8-8 8",
  delete: "M3 4.5h10M6 4.5V3h4v1.5m-5.5 0L5 13h6l.5-8.5",
  down: "m4.5 6.5 3.5 3.5 3.5-3.5",
  download: "M8 2.5v7m0 0 3-3m-3 3-3-3M3 13h10",
  duplicate: "M6 6h7v7H6zm4 0V3H3v7h3",
  error: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M8 5v3.5m0 2.3v.2",
  info: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M8 7.5V11m0-6v.2",
  left: "M13 8H3m0 0 3.5-3.5M3 8l3.5 3.5",
  link: "M6.5 9.5l3-3M7 5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.8 2.8 0 0 1-4-4L5 7",
  lock: "M4 7.5h8v6H4zm1.5 0V5a2.5 2.5 0 0 1 5 0v2.5",
  minus: "M3 8h10",
  replace: "M3 6h9.5m0 0L10 3.5M12.5 6 10 8.5m3 2H3.5m0 0L6 8m-2.5 2.5L6 13",
  reset: "M3.5 8a4.5 4.5 0 1 0 1.3-3.2L3.5 6m0-3v3h3",
  right: "M3 8h10m0 0L9.5 4.5M13 8l-3.5 3.5",
  show: "M11.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M8 1.5v3m0 7v3M1.5 8h3m7 0h3",
  stop: "M4.5 4.5h7v7h-7z",
  unlock: "M4 7.5h8v6H4zm1.5 0V5a2.5 2.5 0 0 1 4.8-1",
  up: "m4.5 9.5 3.5-3.5 3.5 3.5",
  warning: "M8 2.5 14 13H2zM8 6.5v3m0 1.7v.2",
  assistant: "M3 3.5h10v7H8L5 13v-2.5H3z",
  "audio-generator": "M3 7v2m2.5-4v6M8 3v10m2.5-8v6M13 7v2",
  "camera-angles": "M3 5h2l1-1.5h4L11 5h2v7.5H3zm7 3.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0",
  "image-generator":
    "M8 2.5c.5 3.5 2 5 5.5 5.5-3.5.5-5 2-5.5 5.5-.5-3.5-2-5-5.5-5.5 3.5-.5 5-2 5.5-5.5z",
  "image-upscaler": "M9.5 3H13v3.5M13 3 9 7m-2.5 6H3V9.5M3 13l4-4",
  list: "M6 4h7M6 8h7m-7 4h7M3 4h.5M3 8h.5M3 12h.5",
  media: "M2.5 3.5h11v9h-11zm0 7 3-3L8 10l2-2 3.5 3.5",
  text: "M4 4.5v-1h8v1m-4-1v9m-1.5 0h3",
  upload: "M8 11V3.5m0 0-3 3m3-3 3 3M3 13h10",
  "video-generator": "M2.5 4.5h7v7h-7zm7 2.5 4-2v6l-4-2",
} as const;

/** The name of an icon. */
export type IconName = keyof typeof lines;

/** An icon of 16 px in the colour of the text around it; the words beside it say what it means. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class="icon"
      data-icon={name}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path d={lines[name]} />
    </svg>
  );
}
