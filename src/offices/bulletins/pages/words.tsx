import type { Locale } from '../../../lib/localized.ts'
import { formatMoney, money } from '../../../lib/money.ts'
import { milliInWords } from '../../../lib/sms/index.ts'
import { Flag } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { failureWords, type Tariff } from '../../messaging/index.ts'
import { accountKinds } from '../form.ts'
import type { Audience, Bulletin, Progress } from '../model.ts'
import { type BulletinText, bulletinText, bulletinTexts } from '../strings.ts'

const looks = {
  counting: { icon: 'half', tone: 'glass' },
  counted: { icon: 'doc', tone: undefined },
  review: { icon: 'eye', tone: 'honey' },
  sending: { icon: 'half', tone: 'glass' },
  paused: { icon: 'pause', tone: 'honey' },
  done: { icon: 'ok', tone: 'olive' },
  stopped: { icon: 'no', tone: 'sumac' },
} as const

/** Where a bulletin stands: picture, word and colour. */
export function BulletinFlag({ bulletin }: { bulletin: Pick<Bulletin, 'state' | 'paused'> }) {
  const t = useTexts(bulletinTexts)
  const stands = bulletin.paused ? 'paused' : bulletin.state
  const { icon, tone } = looks[stands]
  return (
    <Flag icon={icon} tone={tone}>
      {t(`state-${stands}`)}
    </Flag>
  )
}

const lists: Record<Locale, string> = { ar: '، ', en: ', ' }

/** Whom it is for, in words. */
export function whomInWords(locale: Locale, audience: Audience): string {
  const say = (key: BulletinText, values?: Record<string, string>) => bulletinText(locale, key, values)
  const list = (items: readonly string[]) => items.join(lists[locale])
  const kinds = accountKinds.filter(kind => audience.accountKinds.includes(kind))
  const { debt, numbers } = audience
  const parts = [
    ...(audience.quarters.length > 0 ? [say('whom-quarters', { list: list(audience.quarters) })] : []),
    ...(audience.feeders.length > 0 ? [say('whom-feeders', { list: list(audience.feeders) })] : []),
    ...(kinds.length > 0
      ? [say('whom-kinds', { list: list(kinds.map(kind => say(`account-${kind}`))) })]
      : []),
    ...(debt
      ? [
          say(debt.overdue ? 'whom-debt-overdue' : 'whom-debt', {
            amount: formatMoney(money(debt.minor, debt.currency), locale),
          }),
        ]
      : []),
    ...(audience.verified ? [say('whom-verified')] : []),
    ...(numbers ? [say(`whom-numbers-${numbers}`)] : []),
  ]
  return list(parts)
}

/** What so many messages cost with the providers in use. */
export function costOf(locale: Locale, { prices }: Tariff, parts: number): string | undefined {
  if (prices.length === 0) return undefined
  const all = prices.map(({ currency, likely }) =>
    milliInWords({ milli: rounded(likely * parts), currency }, locale),
  )
  return all.join(lists[locale])
}

/** To the minor unit: nobody reads thousandths of an agora of a whole town. */
const rounded = (milli: number): number => Math.round(milli / 1000) * 1000

/** What the messages that left have cost. */
export const costSpent = (locale: Locale, { prices }: Progress): string =>
  prices
    .map(({ milli, currency }) => milliInWords({ milli: rounded(milli), currency }, locale))
    .join(lists[locale])

/** How many messages stand at one of these. */
export const countOf = ({ states }: Progress, ...which: string[]): number =>
  which.reduce((sum, state) => sum + (states[state] ?? 0), 0)

/** Why a message did not leave or arrive, in words. */
export function whyInWords(locale: Locale, failure: string): string {
  const own = (['nothing-owed', 'stopped'] as const).find(each => each === failure)
  return own ? bulletinText(locale, `why-${own}`) : failureWords(locale, failure)
}
