/** Runs a task on the next turn of the event loop, however busy timers are. */
export function nextTurn(task: () => void): void {
  setImmediate(task);
}
