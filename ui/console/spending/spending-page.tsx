import { useState } from "preact/hooks";
import { capUnits, type CapUnit } from "#domain/cap";
import { addCosts, noCost } from "#domain/cost";
import { monthOf } from "#domain/month";
import type { UsageRow } from "#domain/usage";
import { formatUsageCsv } from "#domain/usage-table";
import { Button } from "../../panel/controls/button.tsx";
import { browserTime } from "../../browser-time.ts";
import { useConsole } from "../console-context.ts";
import { Problem } from "../parts/problem.tsx";
import { saveText } from "../parts/save-text.ts";
import { useAsked } from "../use-asked.ts";
import { askMonth, type MonthFigures } from "./ask-month.ts";
import { Caps } from "./caps.tsx";
import { DayChart } from "./day-chart.tsx";
import { DayTable } from "./day-table.tsx";
import { Legend } from "./legend.tsx";
import { MonthChoice, titleOfMonth } from "./month-choice.tsx";
import { stackDays } from "./stack-days.ts";
import { Tiles } from "./tiles.tsx";
import { UsageTable } from "./usage-table.tsx";

/** A month's spending: by day and member, and by file and model; the caps and what is left. */
export function SpendingPage({ isOwner }: { readonly isOwner: boolean }) {
  const { relay } = useConsole();
  const [newest] = useState(() => monthOf(browserTime.nowMs()).name);
  const [month, setMonth] = useState(newest);
  const { value, problem, again } = useAsked(() => askMonth(relay, month), [relay, month]);
  // While another month is asked for, nothing of the one before stands under its name.
  const figures = value?.month === month ? value : null;
  return (
    <>
      <div class="page-tools">
        <MonthChoice month={month} newest={newest} choose={setMonth} />
        <span class="grow" />
        <Button
          secondary
          disabled={figures === null || figures.rows.length === 0}
          onClick={() => saveText(`spending-${month}.csv`, formatUsageCsv(figures?.rows ?? []))}
        >
          Download CSV
        </Button>
      </div>
      <Problem sentence={problem} again={again} />
      {figures !== null && (
        <>
          <Tiles figures={figures} total={totalOf(figures.rows)} />
          <Days figures={figures} />
          <Caps
            caps={figures.caps}
            confirmAbove={figures.confirmAbove}
            files={filesOf(figures.rows)}
            isOwner={isOwner}
            changed={again}
          />
        </>
      )}
    </>
  );
}

const unitWords: Readonly<Record<CapUnit, string>> = {
  credits: "Credits",
  microDollars: "Dollars",
};

function Days({ figures: { month, days, rows } }: { readonly figures: MonthFigures }) {
  const spent = totalOf(rows);
  const [chosen, setChosen] = useState<CapUnit | null>(null);
  const used = capUnits.filter((each) => spent[each] > 0);
  const unit = used.find((each) => each === chosen) ?? used[0];
  if (unit === undefined) return <NothingSpent month={month} isRun={rows.length > 0} />;
  const stacked = stackDays(month, days, unit);
  const title = `${unitWords[unit]} by day and member`;
  return (
    <section class="card">
      <div class="card-head">
        <h2>{title}</h2>
        {used.length > 1 && (
          <div class="segments" role="group" aria-label="Unit">
            {used.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === unit}
                onClick={() => setChosen(each)}
              >
                {unitWords[each]}
              </button>
            ))}
          </div>
        )}
      </div>
      <DayChart title={`${title}, ${titleOfMonth(month)} (UTC)`} month={stacked} unit={unit} />
      <Legend spenders={stacked.spenders} unit={unit} />
      <DayTable days={stacked.days} unit={unit} />
      <UsageTable rows={rows} unit={unit} />
    </section>
  );
}

interface NothingSpentProps {
  readonly month: string;
  /** Whether there were calls, which cost nothing. */
  readonly isRun: boolean;
}

function NothingSpent({ month, isRun }: NothingSpentProps) {
  return (
    <section class="card empty">
      <h2>Nothing was spent in {titleOfMonth(month)}</h2>
      <p class="quiet">
        {isRun
          ? "What ran were local models and others that cost nothing."
          : "When a run is paid, its cost stands here by day and member, with the file and the model."}
      </p>
    </section>
  );
}

function filesOf(rows: readonly UsageRow[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ file, fileName }) => [file, fileName ?? file]));
}

function totalOf(rows: readonly UsageRow[]) {
  return rows.reduce(
    (total, row) => ({ ...addCosts(total, row), calls: total.calls + row.calls }),
    { ...noCost, calls: 0 },
  );
}
