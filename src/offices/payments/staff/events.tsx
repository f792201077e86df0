import { formatMoney, isCurrency } from '../../../lib/money.ts'
import { DateText, Pane, PersonName, useLocalized, usePage } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import type { StaffMember } from '../../people/index.ts'
import type { PaymentEvent } from '../model.ts'
import { type PayWord, payTexts } from '../strings.ts'

/** All that happened to a payment, the first thing first. */
export function Happened({ events, staff }: { events: PaymentEvent[]; staff: Map<string, StaffMember> }) {
  const t = useTexts(payTexts)
  const local = useLocalized()
  const { locale } = usePage()
  const words = (event: PaymentEvent): string => {
    const key = `event-${event.kind}`
    if (!(key in payTexts.ar)) return event.kind
    const { facts } = event
    const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : '')
    const outcome = `outcome-${text('outcome')}`
    return t(key as PayWord, {
      receipt: text('receipt'),
      reason: text('reason'),
      outcome: outcome in payTexts.ar ? t(outcome as PayWord) : '',
    })
  }
  const taken = ({ facts }: PaymentEvent): string => {
    const of = facts.taken as { minor?: number; currency?: string } | undefined
    if (typeof of?.minor !== 'number' || !of.currency || !isCurrency(of.currency)) return ''
    return formatMoney({ minor: of.minor, currency: of.currency }, locale)
  }
  return (
    <Pane id="events" title={t('one-events')} icon="clock">
      <ul className="lines">
        {events.map(event => {
          const member = staff.get(event.by.id)
          return (
            <li key={event.id}>
              {[words(event), taken(event)].filter(part => part !== '').join(t('comma'))}
              <small className="dim line-note">
                <DateText value={event.at} form="moment" />
                {' · '}
                {event.by.kind === 'staff' ? (
                  <PersonName>{member ? local(member.name) : t('somebody')}</PersonName>
                ) : (
                  t(
                    event.by.kind === 'citizen'
                      ? 'by-citizen'
                      : event.by.id === 'payments'
                        ? 'by-bank'
                        : 'by-system',
                  )
                )}
              </small>
            </li>
          )
        })}
      </ul>
    </Pane>
  )
}
