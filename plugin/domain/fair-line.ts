/** A call that waits for a place at its provider. */
export interface WaitingCall {
  readonly id: string;
  /** Whose it is; members take turns. */
  readonly member: string;
  /** Grows with every arrival in the line. */
  readonly arrived: number;
  /** Whether it starts a call, which a provider's rate counts; one that was accepted before does not. */
  readonly startsCall: boolean;
}

/** Who was served when: a number that grows with every place given, the newest of each member. */
export type Served = ReadonlyMap<string, number>;

/**
 * The calls of a line in the order in which they are served while nobody else comes: members take
 * turns, and a member's calls go in the order of their arrival. First comes the member who was served
 * longest ago, or never. So whoever has one call waits for at most one of each other member, however
 * many those have.
 */
export function fairOrder<Call extends WaitingCall>(
  waiting: readonly Call[],
  served: Served,
): Call[] {
  const ofMember = new Map<string, Call[]>();
  for (const call of [...waiting].sort((one, other) => one.arrived - other.arrived)) {
    const own = ofMember.get(call.member) ?? [];
    ofMember.set(call.member, own);
    own.push(call);
  }
  // Members stand in it by their first call, which decides between those who were never served.
  const members = [...ofMember].sort(
    ([one], [other]) => (served.get(one) ?? 0) - (served.get(other) ?? 0),
  );
  const order: Call[] = [];
  for (let round = 0; order.length < waiting.length; round += 1) {
    for (const [, calls] of members) {
      const call = calls[round];
      if (call) order.push(call);
    }
  }
  return order;
}

/**
 * The calls that enter now, in order, where so many places are free and so many calls may start. No
 * place stays free for somebody who may not take it yet.
 */
export function whoEnters<Call extends WaitingCall>(
  waiting: readonly Call[],
  served: Served,
  room: { readonly places: number; readonly starts: number },
): Call[] {
  const entering: Call[] = [];
  if (room.places <= 0) return entering;
  let { starts } = room;
  for (const call of fairOrder(waiting, served)) {
    if (call.startsCall && starts <= 0) continue;
    entering.push(call);
    if (call.startsCall) starts -= 1;
    if (entering.length === room.places) break;
  }
  return entering;
}
