import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'

/** What the pretended bank knows of a payment. */
export type Payment = {
  id: string
  amount: string
  currency: string
  description: string
  returnUrl: string
  answerUrl: string
  expires: string
  outcome: 'pending' | 'paid' | 'refused' | 'cancelled'
  bankRef: string
  /** What was taken, which may be another amount than the one asked for. */
  taken: string
  at: string
}

/** A call-back that is still to be made. */
export type Call = { payment: string; due: number; tries: number }

type Line =
  | { payment: Payment }
  | { refund: { id: string; payment: string; amount: string; bankRef: string } }
  | { calls: Call[] }

/**
 * The books of the pretended bank: a file of lines, each written to the disk before anything is answered. After a death the next start
 * reads them again, and makes the call-backs that were still to be made.
 */
export function openBook(file: string) {
  const payments = new Map<string, Payment>()
  const refunds = new Map<string, { payment: string; amount: string; bankRef: string }>()
  let calls: Call[] = []

  function take(line: Line): void {
    if ('payment' in line) payments.set(line.payment.id, line.payment)
    else if ('refund' in line) refunds.set(line.refund.id, line.refund)
    else calls = line.calls
  }

  if (existsSync(file)) {
    const lines = readFileSync(file, 'utf8').split('\n')
    const whole = lines.filter(isWhole)
    for (const line of whole) take(JSON.parse(line) as Line)
    // A death in the middle of a line leaves half of one: it was never answered for.
    if (whole.length < lines.length - 1) writeFileSync(file, whole.map(line => `${line}\n`).join(''))
  }

  function write(line: Line): void {
    const handle = openSync(file, 'a', 0o600)
    appendFileSync(handle, `${JSON.stringify(line)}\n`)
    fsyncSync(handle)
    closeSync(handle)
    take(line)
  }

  return {
    payments: payments as ReadonlyMap<string, Payment>,
    refunds: refunds as ReadonlyMap<string, { payment: string; amount: string; bankRef: string }>,
    calls: () => calls,
    setPayment: (payment: Payment) => write({ payment }),
    addRefund: (refund: { id: string; payment: string; amount: string; bankRef: string }) =>
      write({ refund }),
    setCalls: (next: Call[]) => write({ calls: next }),
  }
}

export type Book = ReturnType<typeof openBook>

function isWhole(line: string): boolean {
  if (line === '') return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
