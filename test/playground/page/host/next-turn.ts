import type * as host from "../../../figma/host/next-turn.ts";
const waiting: (() => void)[] = [];
const channel = new MessageChannel();
channel.port1.onmessage = () => waiting.shift()?.();

/** The stand-in's next turn, in a page: a message to itself, since timers of a page are slowed down. */
export const nextTurn: typeof host.nextTurn = (task) => {
  waiting.push(task);
  channel.port2.postMessage(null);
};
