import { formatMoney, money } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import { usedOfImported } from '../../treasury/index.ts'
import { subscriptionsByNumber } from '../../utilities/index.ts'
import type { Content, ReadRow } from '../model.ts'
import { ask, decisionsOn } from '../questions.ts'
import { namesAgree, wholeName } from '../reading/name.ts'
import type { RowReading } from '../reading/row.ts'
import { skipReason, type TableRow } from '../reading/table.ts'
import type { Book, Someone } from './book.ts'
import type { Of } from './propose.ts'
import { type KnownRow, knownRows, type StagedRow } from './stage.ts'

type Sorted = { row: ReadRow; key: Buffer; fingerprint: Buffer; cells: readonly string[]; someone?: Someone }

/** Cells kept of a row that does not fit. */
const mostCells = 60

/** Says of rows, some hundred at a time, what they are to what was written before. */
export class Sorter {
  private readonly of: Of
  private readonly book: Book
  private readonly printed: readonly string[]
  private readonly read: (row: TableRow, cells: readonly string[]) => RowReading
  /** The fingerprints of the keys that were met in this file. */
  private readonly met = new Map<string, Buffer>()

  constructor(
    of: Of,
    book: Book,
    printed: readonly string[],
    read: (row: TableRow, cells: readonly string[]) => RowReading,
  ) {
    this.of = of
    this.book = book
    this.printed = printed
    this.read = read
  }

  async sort(tx: Write, rows: readonly TableRow[]): Promise<StagedRow[]> {
    const staged: StagedRow[] = []
    const sorted: Sorted[] = []
    for (const row of rows) {
      const one = this.first(row)
      if ('verdict' in one) staged.push(one)
      else sorted.push(one)
    }
    const { keys, sourceId } = this.of
    const known = await knownRows(
      tx,
      keys,
      sourceId,
      new Map(sorted.map(each => [each.key.toString('hex'), each.fingerprint])),
    )
    const elsewhere = await this.subscriptionsKeptHere(tx, sorted)
    for (const one of sorted) {
      const before = known.get(one.key.toString('hex'))
      const { subscription } = one.row.content
      const kept = subscription && elsewhere.has(`${subscription.utility} ${subscription.number}`)
      staged.push(
        before === undefined && kept
          ? {
              ...this.base(one),
              verdict: 'refused',
              reason: 'subscription-kept-here',
              content: { cells: one.cells },
            }
          : this.compared(one, before),
      )
    }
    return this.withPayments(tx, staged, known)
  }

  /** What can be said of a row without the town's books. */
  private first(row: TableRow): StagedRow | Sorted {
    const cells = row.cells
      .slice(0, mostCells)
      .map(cell => cell.replace(/[\s\u200e\u200f\ufeff]+/g, ' ').trim())
    const skipped = skipReason(cells, this.printed)
    const { rowNo } = row
    if (skipped) return { rowNo, verdict: 'skipped', reason: skipped, notes: [] }
    const reading = this.read(row, cells)
    if (!reading.ok)
      return { rowNo, verdict: 'refused', reason: reading.reason, notes: reading.notes, content: { cells } }
    const { keys } = this.of
    const { row: read } = reading
    const someone = this.meet(read)
    const key = keys.key(read.key)
    const fingerprint = keys.fingerprint(JSON.stringify(read.content))
    const before = this.met.get(key.toString('hex'))
    if (before) {
      const repeated = before.equals(fingerprint)
      return {
        rowNo,
        key,
        notes: read.notes,
        content: { cells },
        ...(repeated
          ? { verdict: 'skipped', reason: 'repeated' }
          : { verdict: 'refused', reason: 'key-doubled' }),
      }
    }
    this.met.set(key.toString('hex'), fingerprint)
    return { row: read, key, fingerprint, cells, ...(someone && { someone }) }
  }

  private meet(read: ReadRow): Someone | undefined {
    const { person } = read.content
    if (!person) return undefined
    const { keys } = this.of
    const met = this.book.meet(person, {
      rowNo: read.rowNo,
      ident: keys.ident(read.ident),
      identOfOther: compared => keys.ident(`${read.ident}|${compared}`),
    })
    if (met.other) {
      delete person.id
      delete person.idKind
    }
    if (met.respelt) read.notes.push('name-respelt')
    return met.someone
  }

  private base({ row, key, someone }: Sorted) {
    return { rowNo: row.rowNo, key, notes: row.notes, ...(someone && { ident: someone.ident }) }
  }

  private compared(one: Sorted, before: KnownRow | 'same' | undefined): StagedRow {
    const { content } = one.row
    if (before === 'same') return { ...this.base(one), notes: [], verdict: 'same', reason: '' }
    const whose = before?.content.person
    // A known row whose name still agrees is of whom it was; anybody else has to be found.
    const stays = whose && content.person && namesAgree(wholeName(whose), wholeName(content.person))
    if (one.someone && !stays) one.someone.wanted = true
    return {
      ...this.base(one),
      ...(before
        ? { verdict: 'changed', content: { content, before: before.content } }
        : { verdict: 'new', content: { content } }),
      reason: '',
    }
  }

  /** Subscriptions that the town itself keeps already: a file of an earlier program does not touch them. */
  private async subscriptionsKeptHere(tx: Write, rows: readonly Sorted[]): Promise<Set<string>> {
    const numbers = rows.flatMap(({ row }) => row.content.subscription ?? [])
    if (numbers.length === 0) return new Set()
    const found = await subscriptionsByNumber(tx, numbers)
    return new Set([...found].flatMap(([number, each]) => (each.source === 'own' ? [number] : [])))
  }

  /** Changed balances of which something was paid here wait for the treasurer, unless it was decided before how the file takes that. */
  private async withPayments(
    tx: Write,
    staged: StagedRow[],
    known: ReadonlyMap<string, KnownRow | 'same'>,
  ): Promise<StagedRow[]> {
    const changed = staged.flatMap(row => {
      const before = row.key && known.get(row.key.toString('hex'))
      const now = row.content?.content
      if (row.verdict !== 'changed' || !row.key || !now || !before || before === 'same') return []
      return sameMoney(before.content, now) ? [] : [{ row, key: row.key, before, now }]
    })
    const used = await usedOfImported(
      tx,
      changed.flatMap(({ before }) => before.voucherIds),
    )
    const concerned = changed.filter(({ before }) => before.voucherIds.some(id => used.has(id)))
    if (concerned.length === 0) return staged
    const { keys, sourceId } = this.of
    const decided = await decisionsOn(
      tx,
      sourceId,
      'paid-here',
      concerned.map(({ key }) => key),
    )
    const asked = concerned.filter(({ key }) => !decided.has(key.toString('hex')))
    await ask(
      tx,
      keys,
      this.of,
      asked.map(({ row, key, before, now }) => ({
        kind: 'paid-here' as const,
        subject: key,
        reason: 'paid-here',
        candidates: [],
        told: {
          rowNo: row.rowNo,
          name: now.person ? wholeName(now.person) : (now.account ?? ''),
          money: {
            before: shownMoney(before.content),
            now: shownMoney(now),
            used: shownUsed(before, used),
          },
        },
      })),
    )
    for (const { row } of asked) Object.assign(row, { verdict: 'undecided', reason: 'paid-here' })
    for (const { row, key } of concerned)
      if (decided.get(key.toString('hex'))?.choice === 'leave')
        Object.assign(row, { verdict: 'refused', reason: 'left-by-decision' })
    return staged
  }
}

const sameMoney = (one: Content, other: Content) =>
  JSON.stringify(one.balances) === JSON.stringify(other.balances)

const shownMoney = (content: Content) =>
  content.balances.map(each => formatMoney(money(each.minor, each.currency), 'ar')).join('، ')

const shownUsed = (before: KnownRow, used: ReadonlyMap<string, number>): string => {
  const sum = before.voucherIds.reduce((total, id) => total + (used.get(id) ?? 0), 0)
  return formatMoney(money(sum, before.content.balances[0]?.currency ?? 'ILS'), 'ar')
}
