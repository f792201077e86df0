import { plainDate } from '../../../../lib/dates.ts'
import { texts } from '../../../../lib/texts.ts'
import { KeyValues, Pane, usePage, useTexts } from '../../../../ui/index.ts'
import { staffTexts } from '../strings.ts'
import { ar } from './history.ar.ts'
import { en } from './history.en.ts'
import type { Happening, Subscription } from './subscriptions.ts'

const historyTexts = texts({ ar, en })
type Key = keyof typeof ar

/** What has happened to a person's subscriptions, with readings and meters; nothing where there is none. */
export function SubscriptionHistory({
  subscriptions,
  happenings,
}: {
  subscriptions: readonly Subscription[]
  happenings: readonly Happening[]
}) {
  const t = useTexts(historyTexts)
  const staff = useTexts(staffTexts)
  const page = usePage()
  if (happenings.length === 0) return null
  const byId = new Map(subscriptions.map(each => [each.id, each]))
  const words = ({ kind, data }: Happening): string => {
    const named = `event-${kind}`
    const part = (key: Key, name: string, value: unknown): string[] =>
      typeof value === 'string' || typeof value === 'number' ? [t(key, { [name]: String(value) })] : []
    return [
      t(named in ar ? (named as Key) : 'event-other'),
      ...part('part-meter', 'meter', data.meterNumber),
      ...part('part-old-meter', 'meter', data.oldMeter),
      ...part('part-reading', 'reading', data.lastReading ?? data.reading ?? data.initialReading),
      ...part('part-amperes', 'amperes', data.amperes),
      ...part('part-kilowatts', 'kilowatts', data.approvedKw),
      ...(typeof data.temporaryUntil === 'string'
        ? [t('part-until', { date: plainDate(data.temporaryUntil, page.now, page) })]
        : []),
    ].join(' · ')
  }
  return (
    <Pane id="subscription-history" title={t('history')}>
      <KeyValues
        pairs={happenings.map(each => {
          const of = byId.get(each.subscriptionId)
          return {
            term: plainDate(each.at, page.now, page),
            value: t('history-line', {
              utility: staff(`utility-${of?.utility ?? 'electricity'}`),
              number: of?.number ?? '',
              words: words(each),
            }),
          }
        })}
      />
    </Pane>
  )
}
