import type { HandleMembers } from "./registry.ts";
import type { Session } from "./session.ts";

interface Timer {
  totalMs: number;
  endsAtMs: number;
  pausedMs: number | null;
  cancel: () => void;
}

/** FigJam's timer, with its events (typings, TimerAPI). */
export const timerMembers: HandleMembers = {
  get: {
    remaining: (session) => remainingMs(session) / 1000,
    total: (session) => (timerOf(session)?.totalMs ?? 0) / 1000,
    state: (session) => {
      const timer = timerOf(session);
      if (timer === undefined) return "STOPPED";
      return timer.pausedMs === null ? "RUNNING" : "PAUSED";
    },
  },
  call: {
    start: (session: Session, _id: string, seconds: number) => start(session, seconds * 1000),
    pause: (session: Session) => {
      const timer = timerOf(session);
      if (timer?.pausedMs !== null) return;
      timer.pausedMs = remainingMs(session);
      timer.cancel();
      tell(session, "timerpause");
    },
    resume: (session: Session) => {
      const timer = timerOf(session);
      if (timer?.pausedMs == null) return;
      run(session, timer.pausedMs, timer.totalMs);
      tell(session, "timerresume");
    },
    stop: (session: Session) => {
      const timer = timerOf(session);
      if (timer === undefined) return;
      timer.cancel();
      session.state.delete("timer");
      tell(session, "timerstop");
    },
  },
};

function timerOf(session: Session): Timer | undefined {
  return session.state.get("timer") as Timer | undefined;
}

function remainingMs(session: Session): number {
  const timer = timerOf(session);
  if (timer === undefined) return 0;
  return timer.pausedMs ?? Math.max(0, timer.endsAtMs - session.parts.clock.nowMs);
}

function start(session: Session, ms: number): void {
  const timer = timerOf(session);
  const totalMs = timer === undefined ? ms : timer.totalMs + ms - remainingMs(session);
  timer?.cancel();
  run(session, ms, totalMs);
  tell(session, timer === undefined ? "timerstart" : "timeradjust");
}

function run(session: Session, ms: number, totalMs: number): void {
  const { clock } = session.parts;
  const cancel = clock.after(ms, () => {
    session.state.delete("timer");
    tell(session, "timerdone");
  });
  session.state.set("timer", { totalMs, endsAtMs: clock.nowMs + ms, pausedMs: null, cancel });
}

function tell(session: Session, event: string): void {
  session.parts.clock.soon(() => {
    if (!session.isClosed) session.events.fire(event, []);
  });
}
