import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Button } from "../panel/controls/button.tsx";
import { Wordmark } from "./parts/wordmark.tsx";

interface SignInProps {
  readonly isBusy: boolean;
  readonly problem: string | null;
  readonly signIn: (code: string) => void;
}

/** Asks for a pairing code. */
export function SignIn({ isBusy, problem, signIn }: SignInProps) {
  const [code, setCode] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    document.title = "Spaces relay";
    field.current?.focus();
  }, []);
  const isReady = code.trim() !== "" && !isBusy;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (isReady) signIn(code.trim());
  };
  return (
    <main class="sign-in">
      <form class="card" aria-labelledby={`${id}-title`} autocomplete="off" onSubmit={submit}>
        <Wordmark />
        <h1 id={`${id}-title`}>Sign in to this relay</h1>
        <p class="quiet" id={`${id}-help`}>
          Its terminal shows a pairing code; Enter shows a new one. Or open the address of the
          console that it prints: it signs in by itself. Either is good once, for five minutes. An
          owner who is signed in can make you a code, too, under Members.
        </p>
        <label class="form-field">
          <span>Pairing code</span>
          <input
            ref={field}
            class="text-input code-input"
            value={code}
            placeholder="ABCD-EFGH"
            maxLength={20}
            autocapitalize="characters"
            spellcheck={false}
            aria-describedby={`${id}-help ${id}-problem`}
            aria-invalid={problem !== null}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
        <div id={`${id}-problem`} role="alert">
          {problem !== null && <p class="problem">{problem}</p>}
        </div>
        <Button fullWidth disabled={!isReady && !isBusy} loading={isBusy}>
          Sign in
        </Button>
      </form>
    </main>
  );
}
