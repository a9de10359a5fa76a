import { Button } from "../controls/button.tsx";
import type { ConnectionView } from "../../panel-view.ts";
import { Icon } from "../controls/icon.tsx";
import { usePanel } from "../panel-context.ts";
import { Steps } from "./steps.tsx";

type Lost = Extract<ConnectionView, { kind: "lost" }>;

/** Says that the relay does not answer, and offers to try again. */
export function LostNotice({ connection }: { readonly connection: Lost }) {
  const { actions } = usePanel();
  return (
    <div class="notice" data-kind="error" role="alert">
      <Icon name="error" />
      <div class="notice-words">
        <p dir="auto">{connection.problem}</p>
        <p class="quiet wrap">{connection.address}</p>
        <Steps steps={connection.steps} />
        <Button secondary onClick={() => actions.retry()}>
          Try again
        </Button>
      </div>
    </div>
  );
}
