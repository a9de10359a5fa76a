import { Button } from "../../panel/controls/button.tsx";
import { Icon } from "../../panel/controls/icon.tsx";

interface ProblemProps {
  /** Null where nothing is wrong. */
  readonly sentence: string | null;
  /** Tries again, where that can help. */
  readonly again?: () => void;
}

/** What went wrong, said as soon as it does. */
export function Problem({ sentence, again }: ProblemProps) {
  return (
    <div role="alert">
      {sentence !== null && (
        <div class="trouble">
          <Icon name="error" />
          <p>{sentence}</p>
          {again !== undefined && (
            <Button secondary onClick={again}>
              Try again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
