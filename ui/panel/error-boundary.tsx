import { Button } from "./controls/button.tsx";
import { Component, type ComponentChildren } from "preact";

/** Keeps a part that cannot be drawn from taking the rest of the panel with it. */
export class ErrorBoundary extends Component<
  { readonly children: ComponentChildren },
  { readonly message: string | null }
> {
  override state: { readonly message: string | null } = { message: null };

  static override getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <div class="centre" role="alert">
        <p class="strong">This part of the panel cannot be drawn.</p>
        <p class="quiet">Your file and your results are untouched. What went wrong: {message}</p>
        <Button secondary onClick={() => this.setState({ message: null })}>
          Draw it again
        </Button>
      </div>
    );
  }
}
