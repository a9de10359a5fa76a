/** The name of what this page belongs to, with three nodes and their links. */
export function Wordmark() {
  return (
    <span class="wordmark">
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <path class="wordmark-link" d="M7 6h3.5v8H7m3.5-4H13" />
        <circle class="wordmark-text" cx="4.5" cy="6" r="2.5" />
        <circle class="wordmark-audio" cx="4.5" cy="14" r="2.5" />
        <circle class="wordmark-image" cx="15.5" cy="10" r="2.5" />
      </svg>
      Spaces relay
    </span>
  );
}
