import { Button } from "../controls/button.tsx";
import type { PlanStepView, PlanView } from "../../panel-view.ts";
import { Facts } from "../controls/facts.tsx";
import { Sheet } from "../controls/sheet.tsx";
import { usePanel } from "../panel-context.ts";
import { TypeGlyph } from "../controls/type-glyph.tsx";

/**
 * What a run will do and cost, to be confirmed once, or twice where the price is large. The second click
 * of a double click is no second thought.
 */
export function PlanSheet({ plan }: { readonly plan: PlanView }) {
  const { actions } = usePanel();
  const runs = plan.steps.filter(({ action }) => action === "run");
  const reused = plan.steps.filter(({ action }) => action === "reuse");
  return (
    <Sheet title={titleOf(runs.length)} begins="title" close={() => actions.closePlan()}>
      <div class="scroll" tabIndex={0} role="group" aria-label="Steps">
        <Steps title="Runs" steps={runs} />
        <Steps title="Reused" steps={reused} />
      </div>
      <div class="bottom">
        <Price plan={plan} />
        <Button
          fullWidth
          disabled={!plan.canConfirm || plan.isBusy}
          loading={plan.isBusy}
          aria-label={plan.isBusy ? "Starting the run" : undefined}
          onClick={({ detail }) => detail < 2 && actions.confirmPlan()}
        >
          <Facts facts={[plan.confirmText, plan.priceText]} />
        </Button>
      </div>
    </Sheet>
  );
}

/** What stands against the run, what is to be known of its price, and the price itself. */
function Price({ plan }: { readonly plan: PlanView }) {
  return (
    <>
      {plan.problems.map((problem) => (
        <p key={problem} class="problem" role="alert" dir="auto">
          {problem}
        </p>
      ))}
      {plan.notes.map((note) => (
        <p key={note} class="quiet" dir="auto">
          {note}
        </p>
      ))}
      <dl class="totals">
        <dt>Total</dt>
        <dd class="strong">{plan.totalText}</dd>
        {plan.balanceText !== null && (
          <>
            <dt>Balance</dt>
            <dd>{plan.balanceText}</dd>
          </>
        )}
        <dt>Expected time</dt>
        <dd>{plan.timeText}</dd>
      </dl>
    </>
  );
}

function titleOf(count: number): string {
  if (count === 0) return "Nothing needs to run";
  return count === 1 ? "Run 1 node" : `Run ${count} nodes`;
}

function Steps({ title, steps }: { title: string; steps: readonly PlanStepView[] }) {
  if (steps.length === 0) return null;
  return (
    <section class="section">
      <h2>{title}</h2>
      <ol class="list">
        {steps.map((step) => (
          <li key={step.node} class="list-row">
            <TypeGlyph type={step.type} />
            <div class="words">
              <span class="cut" dir="auto">
                {step.title}
              </span>
              <span class="quiet">
                <Facts
                  facts={[
                    step.reasonText,
                    step.modelTitle,
                    step.calls > 1 ? `${step.calls} calls` : "",
                  ]}
                />
              </span>
            </div>
            <span class="price">{step.priceText}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
