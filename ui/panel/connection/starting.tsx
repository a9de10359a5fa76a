import { Icon } from "../controls/icon.tsx";

/** What is shown until the panel knows how it stands with the relay. */
export function Starting() {
  return (
    <div class="centre" role="status">
      <Icon name="busy" />
      <p class="quiet">Looking for the relay…</p>
    </div>
  );
}
