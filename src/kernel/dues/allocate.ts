import { type Money, money } from '../../lib/money.ts'

/**
 * In which order the town lays money on what is owed: the oldest first; by kind in the order the council named, the oldest of each first;
 * or what a request waits for, and then the oldest.
 */
export type AllocationOrder =
  | { readonly by: 'oldest' }
  | { readonly by: 'kind'; readonly kinds: readonly string[] }
  | { readonly by: 'request' }

/** An open charge as the order reads it. `open` is what is still owed of it. */
export type Allocatable = {
  readonly chargeId: string
  readonly dueKind: string
  readonly dueOn: string
  readonly requestId?: string | undefined
  readonly open: Money
}

export type Allocation = {
  lines: { chargeId: string; amount: Money }[]
  /** What is left when nothing is open any more: it stays on account. */
  rest: Money
}

/**
 * Lays a sum on open charges of its currency by the town's order. No charge gets more than is open of it, no currency pays another, and
 * lines and rest are together exactly the sum. Charges due on one day keep the order of their ids, so that the same question always gets
 * the same answer.
 */
export function allocate(
  order: AllocationOrder,
  sum: Money,
  charges: readonly Allocatable[],
  forRequest?: string,
): Allocation {
  let left = Math.max(0, sum.minor)
  const lines: Allocation['lines'] = []
  for (const charge of inOrder(order, charges, forRequest)) {
    if (charge.open.currency !== sum.currency || charge.open.minor <= 0) continue
    if (left === 0) break
    const part = Math.min(left, charge.open.minor)
    lines.push({ chargeId: charge.chargeId, amount: money(part, sum.currency) })
    left -= part
  }
  return { lines, rest: money(left, sum.currency) }
}

/** The charges in the order in which they are paid. */
function inOrder<Charge extends Allocatable>(
  order: AllocationOrder,
  charges: readonly Charge[],
  forRequest?: string,
): Charge[] {
  const rank = (charge: Allocatable): number => {
    if (order.by === 'kind') {
      const place = order.kinds.indexOf(charge.dueKind)
      return place < 0 ? order.kinds.length : place
    }
    if (order.by === 'oldest') return 0
    if (forRequest !== undefined && charge.requestId === forRequest) return 0
    return charge.requestId === undefined ? 2 : 1
  }
  return [...charges].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0) ||
      (one.chargeId < other.chargeId ? -1 : 1),
  )
}
