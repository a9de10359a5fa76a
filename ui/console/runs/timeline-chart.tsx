import type { NamedNode } from "#domain/console-routes";
import { costSentence, formatCost } from "#domain/cost";
import { ownValue } from "#domain/own-value";
import type { RunStep } from "#domain/run";
import type { Step } from "#domain/plan";
import { TypeGlyph } from "../../panel/controls/type-glyph.tsx";
import { runningText } from "../../session/words.ts";
import { formatLength } from "../words.ts";
import { lengthOf, ticksOf, type Segment, type Timeline } from "./timeline.ts";

interface TimelineChartProps {
  readonly timeline: Timeline;
  readonly nodes: ReadonlyMap<string, NamedNode>;
}

/** The nodes of a run as bars over its time, each with what it came to and what it cost. */
export function TimelineChart({ timeline: { run, rows, lengthMs }, nodes }: TimelineChartProps) {
  const whole = Math.max(1, lengthMs);
  return (
    <div class="timeline">
      <div class="timeline-axis" aria-hidden="true">
        {ticksOf(whole).map((tickMs) => (
          <span key={tickMs} style={{ left: `${(tickMs / whole) * 100}%` }}>
            {tickMs === 0 ? "0" : formatTick(tickMs)}
          </span>
        ))}
      </div>
      <ol>
        {rows.map(({ node, segments }) => (
          <NodeRow
            key={node}
            id={node}
            named={nodes.get(node) ?? null}
            titleOf={(id) => nodes.get(id)?.title ?? id}
            planned={run.plan?.steps.find((each) => each.node === node) ?? null}
            step={ownValue(run.steps, node)}
            segments={segments}
            wholeMs={whole}
          />
        ))}
      </ol>
    </div>
  );
}

interface NodeRowProps {
  readonly id: string;
  readonly named: NamedNode | null;
  readonly titleOf: (node: string) => string;
  readonly planned: Step | null;
  readonly step: RunStep | undefined;
  readonly segments: readonly Segment[];
  readonly wholeMs: number;
}

function NodeRow(props: NodeRowProps) {
  const { id, named, planned, step, segments, wholeMs } = props;
  return (
    <li class="timeline-row" data-state={step?.state}>
      <div class="timeline-name">
        {named !== null && <TypeGlyph type={named.type} />}
        <span class="words">
          <span class="cut">{named?.title ?? id}</span>
          <span class="quiet cut">{planned?.model}</span>
        </span>
      </div>
      <div class="timeline-lane">
        {segments.map(({ phase, fromMs, untilMs }) => (
          <span
            key={fromMs}
            class="timeline-bar"
            data-phase={phase}
            title={`${phaseWords[phase]} ${formatLength(untilMs - fromMs)}`}
            style={{
              left: `${(fromMs / wholeMs) * 100}%`,
              width: `${((untilMs - fromMs) / wholeMs) * 100}%`,
            }}
          />
        ))}
      </div>
      <div class="timeline-outcome">
        <span>{outcomeOf(props)}</span>
        <span class="quiet">{lengthsOf(segments)}</span>
      </div>
      {step?.failure != null && (
        <p class="problem timeline-failure">
          {step.failure.message} {costSentence(step, step.priceBasis)}
        </p>
      )}
    </li>
  );
}

const phaseWords: Readonly<Record<Segment["phase"], string>> = {
  waiting: "Waited for the nodes before it",
  queued: "Waited in line or for room",
  running: "Ran",
};

function outcomeOf({ step, titleOf }: NodeRowProps): string {
  switch (step?.state) {
    case undefined:
    case "waiting":
      return "Waiting";
    case "running":
      return runningText(step);
    case "done":
      return formatCost(step, step.priceBasis);
    case "failed":
      return "Failed";
    case "reused":
      return "Reused, free";
    case "skipped":
      return step.because === null ? "Stopped" : `Behind ${titleOf(step.because)}, which failed`;
  }
}

/** What would be said as "0.0 s" is not said. */
const leastMs = 50;

/** "ran 2.1 s, waited 0.4 s". */
function lengthsOf(segments: readonly Segment[]): string {
  const ranMs = lengthOf(segments, "running");
  const waitedMs = lengthOf(segments, "waiting") + lengthOf(segments, "queued");
  return [
    ...(ranMs >= leastMs ? [`ran ${formatLength(ranMs)}`] : []),
    ...(waitedMs >= leastMs ? [`waited ${formatLength(waitedMs)}`] : []),
  ].join(", ");
}

function formatTick(tickMs: number): string {
  return tickMs < 1_000 ? `${tickMs} ms` : formatLength(tickMs).replace(".0 ", " ");
}
