import { plainDate } from '../../../../lib/dates.ts'
import type { Locale } from '../../../../lib/localized.ts'
import { formatMoney, isCurrency } from '../../../../lib/money.ts'
import { usePage } from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import type { Plan } from '../plan-store.ts'
import type { StatementLine } from '../statement.ts'
import { type DebtWord, debtText, debtTexts } from '../strings.ts'

const isWord = (key: string): key is DebtWord => key in debtTexts.ar

/** A kind of due in words; one the town added itself is its own word. */
export function useKindWord(): (kind: string) => string {
  const t = useTexts(debtTexts)
  return kind => {
    const key = `due-${kind}`
    return isWord(key) ? t(key) : kind
  }
}

/** The same outside a page. */
export function kindWord(locale: Locale, kind: string): string {
  const key = `due-${kind}`
  return isWord(key) ? debtText(locale, key) : kind
}

/** What a movement is. */
export function useMovementWord(): (line: Pick<StatementLine, 'kind'>) => string {
  const t = useTexts(debtTexts)
  return ({ kind }) => {
    const key = `kind-${kind}`
    return t(isWord(key) ? key : 'kind-other')
  }
}

/** Where a plan stands, as one word. */
export const planWord = (plan: Plan): DebtWord =>
  plan.state === 'agreed' ? `plan-state-${plan.standing.state}` : `plan-state-${plan.state}`

type Told = {
  exemption?: { decision?: string; percent?: number; full?: { minor: number; currency: string } }
  transfer?: { reason?: string; proof?: string }
  tariffs?: object
  today?: string
}

/** What made a charge what it is, in one line; undefined where its label says all. */
export function useReasonWords(): (reasons: unknown) => string | undefined {
  const t = useTexts(debtTexts)
  const page = usePage()
  return reasons => {
    if (typeof reasons !== 'object' || reasons === null) return undefined
    const { exemption, transfer, tariffs, today } = reasons as Told
    if (exemption?.full && isCurrency(exemption.full.currency)) {
      const { minor, currency } = exemption.full
      const full = formatMoney({ minor, currency }, page.locale)
      const decision = exemption.decision ?? ''
      return exemption.percent === undefined
        ? t('why-exempt', { decision, full })
        : t('why-exempt-percent', { decision, full, percent: exemption.percent })
    }
    if (transfer) return t('why-transfer', { reason: transfer.reason ?? '', proof: transfer.proof ?? '' })
    if (tariffs && today) return t('why-tariff', { date: plainDate(today, page.now, page) })
    return undefined
  }
}
