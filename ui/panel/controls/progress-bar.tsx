interface ProgressBarProps {
  readonly label: string;
  /** From 0 to 1; null where nobody knows how far it is. */
  readonly done: number | null;
}

/** How far something is. */
export function ProgressBar({ label, done }: ProgressBarProps) {
  const percent = done === null ? null : Math.round(Math.min(Math.max(done, 0), 1) * 100);
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
    >
      <div
        class={percent === null ? "progress-done is-unknown" : "progress-done"}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
