import type { Localized } from '../../../lib/localized.ts'
import { money } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import { postImportedBalances, reverseImportedBalances, usedOfImported } from '../../treasury/index.ts'
import { type ReadBalance, sourceName, type WrittenBalance } from '../model.ts'
import { decisionsOn } from '../questions.ts'
import { importsText } from '../strings.ts'
import type { Accounts } from './holdings.ts'
import type { Order, Work } from './work.ts'

/** What is to be posted of one balance: the difference between what the books say of it and what they should. */
type Posting = { balance: WrittenBalance; work: Work; minor: number }

const nameOf = (balance: ReadBalance) => `${balance.kind} ${balance.currency}`

/**
 * Brings the books to what the source says. A balance that is new is an opening voucher; one that changed is taken back by a counter-entry
 * and opened anew; where something was paid here meanwhile, what was used stays and the difference is posted, in the way that was decided.
 */
export async function writeMoney(
  tx: Write,
  order: Order,
  works: readonly Work[],
  accounts: Accounts,
): Promise<void> {
  const { source, by } = order
  const standing = works.filter(work => !work.refused && !work.waits)
  const before = standing.flatMap(work => work.record?.balances ?? [])
  const used = await usedOfImported(
    tx,
    before.flatMap(each => each.parts.map(part => part.voucherId)),
  )
  const decided = await decisionsOn(
    tx,
    source.id,
    'paid-here',
    standing.filter(work => work.record).map(work => work.key),
  )
  const taken: string[] = []
  const postings: Posting[] = []
  for (const work of standing) {
    const decision = decided.get(work.key.toString('hex'))?.choice
    const includes = decision !== 'excludes'
    const now = new Map(work.content.balances.map(each => [nameOf(each), each]))
    const was = new Map((work.record?.balances ?? []).map(each => [nameOf(each), each]))
    for (const name of new Set([...now.keys(), ...was.keys()])) {
      const [said, kept] = [now.get(name), was.get(name)]
      const minor = said?.minor ?? 0
      if (kept && kept.minor === minor) {
        work.balances.push(kept)
        continue
      }
      const of = said ?? kept
      const accountId = kept?.accountId ?? (said && accounts.id(work, said.kind))
      if (!of || !accountId) continue
      const balance: WrittenBalance = { kind: of.kind, currency: of.currency, minor, accountId, parts: [] }
      let remaining = 0
      let paid = 0
      for (const part of kept?.parts ?? []) {
        const gone = (used.get(part.voucherId) ?? 0) * Math.sign(part.minor)
        if (gone === 0) taken.push(part.voucherId)
        else {
          balance.parts.push(part)
          remaining += part.minor - gone
          paid += gone
        }
      }
      const wanted = includes ? minor : minor - paid
      if (wanted !== remaining) postings.push({ balance, work, minor: wanted - remaining })
      if (minor !== 0 || balance.parts.length > 0 || wanted !== remaining) work.balances.push(balance)
    }
  }
  await reverseImportedBalances(tx, taken, {
    by,
    description: importsText('ar', 'voucher-taken-back', { source: source.name }),
  })
  await postAll(tx, order, postings)
}

async function postAll(tx: Write, order: Order, postings: readonly Posting[]): Promise<void> {
  const { run, source, by, asOfDay } = order
  const payable = postings.filter(({ work }) => work.personId)
  const posted = await postImportedBalances(
    tx,
    payable.map(({ balance, work, minor }) => ({
      accountId: balance.accountId,
      debtorId: work.personId ?? '',
      kind: balance.kind,
      dueOn: asOfDay,
      amount: money(minor, balance.currency),
      label: labelOf(balance.kind, source.name),
    })),
    { by, reasons: { source: sourceName(source.code), asOf: asOfDay, runId: run.id } },
  )
  for (const [at, { balance, minor }] of payable.entries()) {
    const voucherId = posted[at]?.voucherId
    if (voucherId) balance.parts.push({ voucherId, minor })
  }
}

const labelOf = (kind: ReadBalance['kind'], source: string): Localized => ({
  ar: importsText('ar', 'charge-label', { kind: importsText('ar', `kind-${kind}`), source }),
  en: importsText('en', 'charge-label', { kind: importsText('en', `kind-${kind}`), source }),
})
