/** Does something again and again, each time in a later turn of the event loop, until a promise ends. */
export async function goOnUntil<Result>(
  ended: Promise<Result>,
  step: () => Promise<void> | void,
): Promise<Result> {
  const waiting = { isOver: false };
  const end = () => {
    waiting.isOver = true;
  };
  ended.then(end, end);
  while (!waiting.isOver) {
    await step();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ended;
}
