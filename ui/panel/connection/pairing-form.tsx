import { Button } from "../controls/button.tsx";
import type { ComponentProps } from "preact";
import { useId, useState } from "preact/hooks";
import type { ConnectionView } from "../../panel-view.ts";
import { usePanel } from "../panel-context.ts";
import { Steps } from "./steps.tsx";

type Unpaired = Extract<ConnectionView, { kind: "unpaired" }>;

/** Asks for the relay's address and its pairing code. */
export function PairingForm({ connection }: { readonly connection: Unpaired }) {
  const { actions } = usePanel();
  const [typed, setTyped] = useState<string | null>(null);
  const [code, setCode] = useState("");
  const id = useId();
  const address = (typed ?? connection.address).trim();
  const isReady = address !== "" && code.trim() !== "" && !connection.isBusy;
  const pair = (event: Event): void => {
    event.preventDefault();
    if (isReady) actions.pair(address, code.trim());
  };
  return (
    <form
      class="tab-panel pairing"
      aria-labelledby={`${id}-title`}
      autocomplete="off"
      onSubmit={pair}
    >
      <div class="scroll">
        <Welcome id={`${id}-title`} />
        <Line
          label="Address"
          text={typed ?? connection.address}
          type={setTyped}
          disabled={connection.isBusy}
          placeholder="http://localhost:4517"
        />
        <Line
          label="Pairing code"
          text={code}
          type={setCode}
          disabled={connection.isBusy}
          aria-describedby={`${id}-problem`}
          aria-invalid={connection.problem !== null}
        />
        <div id={`${id}-problem`} role="alert">
          {connection.problem !== null && <p class="problem">{connection.problem}</p>}
        </div>
        <Steps steps={connection.steps} />
      </div>
      <div class="bottom">
        <Button
          fullWidth
          disabled={!isReady}
          loading={connection.isBusy}
          aria-label={connection.isBusy ? "Connecting" : undefined}
        >
          Connect
        </Button>
      </div>
    </form>
  );
}

interface LineProps extends Omit<ComponentProps<"input">, "type"> {
  readonly label: string;
  readonly text: string;
  readonly type: (text: string) => void;
}

/** One line to type; what is pasted or typed takes the place of what was there. */
function Line({ label, text, type, ...rest }: LineProps) {
  return (
    <label class="field">
      <span class="label">{label}</span>
      <input
        {...rest}
        class="text-input"
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => type(event.currentTarget.value)}
      />
    </label>
  );
}

function Welcome({ id }: { readonly id: string }) {
  return (
    <>
      <h1 class="headline" id={id}>
        Connect to your relay
      </h1>
      <p class="quiet">
        The relay keeps the keys of the models and does the work. Start it with “npm start”; it
        prints its address and a pairing code.
      </p>
    </>
  );
}
