import type { Currency } from '../../../../lib/money.ts'
import type { Edit } from '../../drafts/edit.ts'
import type { DraftContent } from '../../model.ts'
import { type FeeSentence, type Product, readFee, writeFee } from '../../sentences/fee.ts'
import type { Pane } from '../panes/model.ts'
import { freshName } from './read.ts'

type Loose = { [key: string]: unknown }

/**
 * Amounts written into a fee become prices of their own, from the first day of this year on and to be confirmed: a council's decision
 * then changes the price, never the formula.
 */
export function pricesIn(edits: readonly Edit[], pane: Pane, content: DraftContent, today: string): Edit[] {
  const set = edits.find(edit => edit.op === 'set' && edit.path.at(-1) === 'amount')
  if (set?.op !== 'set' || typeof set.value !== 'string') return [...edits]
  const fee = readFee(set.value)
  if (!fee) return [...edits]
  const item = pane.item as { id?: string; name?: { ar?: string }; currency?: Currency }
  const currency = item.currency ?? 'ILS'
  const taken = new Set((content.tariffs ?? []).flatMap(row => row.key ?? []))
  const rows: Loose[] = []
  const priced = (product: Product): Product => {
    if (product.base.kind !== 'money' || Number(product.base.amount) === 0) return product
    const key = freshName(item.id ?? '', 'price', taken)
    taken.add(key)
    const { amount } = product.base
    const note = rows.length === 0 ? (item.name?.ar ?? '') : `${item.name?.ar ?? ''} (${rows.length + 1})`
    rows.push({
      key,
      from: `${today.slice(0, 4)}-01-01`,
      amount,
      currency,
      confirmed: false,
      note: note || key,
    })
    return { ...product, base: { kind: 'name', name: `tariff.${key}` } }
  }
  const sentence: FeeSentence = {
    ...fee,
    tiers: fee.tiers.map(tier => ({ ...tier, products: tier.products.map(priced) })),
    otherwise: fee.otherwise.map(priced),
  }
  if (rows.length === 0) return [...edits]
  const inserts =
    (content.tariffs ?? []).length > 0
      ? rows.map((value): Edit => ({ op: 'insert', path: ['tariffs'], value }))
      : [{ op: 'set', path: ['tariffs'], value: rows } satisfies Edit]
  const value = writeFee(sentence, currency)
  return [...inserts, ...edits.map(edit => (edit === set ? { ...set, value } : edit))]
}
