import type { Row } from './town.ts'

/** What became of the messages, by comparing what the carriers took with what the rows say. */
export type Verdict = {
  messages: number
  /** Said to be with a carrier that never saw it, or never handed over although everything was up. */
  lost: number[]
  /** Taken twice. */
  doubled: number[]
  /** Taken, but the row says that nobody has it. */
  unknown: number[]
  uncertain: number
  /** Of the uncertain those that a carrier has. */
  arrived: number
}

export function auditMessages(rows: readonly Row[], taken: readonly number[]): Verdict {
  const times = new Map<number, number>()
  for (const tag of taken) times.set(tag, (times.get(tag) ?? 0) + 1)
  const verdict: Verdict = {
    messages: rows.length,
    lost: [],
    doubled: [],
    unknown: [],
    uncertain: 0,
    arrived: 0,
  }
  for (const { tag, state } of rows) {
    const count = times.get(tag) ?? 0
    if (count > 1) verdict.doubled.push(tag)
    if (state === 'uncertain') {
      verdict.uncertain += 1
      if (count > 0) verdict.arrived += 1
    } else if (state === 'sent' || state === 'delivered') {
      if (count === 0) verdict.lost.push(tag)
    } else if (count > 0) verdict.unknown.push(tag)
    else verdict.lost.push(tag)
  }
  return verdict
}

export const inWords = ({ messages, lost, doubled, unknown, uncertain, arrived }: Verdict): string =>
  `${messages} messages, ${lost.length} lost, ${doubled.length} doubled, ${unknown.length} sent unknown to us, ${uncertain} uncertain (${arrived} of them with a carrier)`
