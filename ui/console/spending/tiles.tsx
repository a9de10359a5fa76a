import { formatCost, isFree, type Cost } from "#domain/cost";
import type { MonthFigures } from "./ask-month.ts";
import { titleOfMonth } from "./month-choice.tsx";

interface TilesProps {
  readonly figures: MonthFigures;
  readonly total: Cost & { readonly calls: number };
}

/** The figures that matter first: what was spent, by how many calls, and what is left. */
export function Tiles({ figures: { month, balance, held }, total }: TilesProps) {
  return (
    <dl class="tiles">
      <Tile
        word={`Spent in ${titleOfMonth(month)}`}
        figure={isFree(total) ? "Nothing" : formatCost(total)}
        note={`${total.calls} ${total.calls === 1 ? "call" : "calls"} settled`}
      />
      {balance + held + total.credits === 0 ? (
        <Tile word="Credits" figure="None" note="providers bill your own accounts with them" />
      ) : (
        <Tile
          word="Credits left"
          figure={String(balance)}
          note={held === 0 ? "none held for runs" : `${held} more held for runs under way`}
        />
      )}
    </dl>
  );
}

interface TileProps {
  readonly word: string;
  readonly figure: string;
  readonly note: string;
}

function Tile({ word, figure, note }: TileProps) {
  return (
    <div class="card tile">
      <dt>{word}</dt>
      <dd>
        <span class="tile-figure">{figure}</span>
        <span class="quiet">{note}</span>
      </dd>
    </div>
  );
}
