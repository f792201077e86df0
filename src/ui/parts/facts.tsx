import type { CalendarDate } from '../../lib/calendar.ts'
import {
  dateTime,
  denseDate,
  longDate,
  plainDate,
  relativeDate,
  shortDate,
  timeOfDay,
} from '../../lib/dates.ts'
import { type Money as Amount, formatMoney } from '../../lib/money.ts'
import { formatPhone } from '../../lib/phone.ts'
import { usePage } from '../page.ts'
import { say } from './say.tsx'

/** An amount and its currency in words; the two never part. */
export function Money({ value, strong }: { value: Amount; strong?: boolean | undefined }) {
  const { locale } = usePage()
  const text = say(formatMoney(value, locale))
  return strong ? <b className="m">{text}</b> : <span className="m">{text}</span>
}

/**
 * `near` is today, yesterday, a weekday, then the plain date; `moment` is near with the time of day; `plain` names the
 * year only when it is another; `long` has weekday and year; `dense` is for tables; `paper` for documents.
 */
export type DateForm = 'near' | 'moment' | 'plain' | 'long' | 'dense' | 'paper' | 'time' | 'full'

/** A date or an instant in the town's time, in words that suit the place. */
export function DateText({
  value,
  form = 'near',
}: {
  value: Date | CalendarDate
  form?: DateForm | undefined
}) {
  const page = usePage()
  const instant = typeof value === 'string' ? undefined : value
  return (
    <time className="nb" dateTime={instant ? instant.toISOString() : String(value)}>
      {say(dateWords(value, form, page))}
    </time>
  )
}

function dateWords(value: Date | CalendarDate, form: DateForm, page: ReturnType<typeof usePage>): string {
  const { now, locale } = page
  const instant = typeof value === 'string' ? undefined : value
  switch (form) {
    case 'long':
      return longDate(value, page)
    case 'plain':
      return plainDate(value, now, page)
    case 'dense':
      return denseDate(value, page)
    case 'paper':
      return shortDate(value, page)
    case 'time':
      return instant ? timeOfDay(instant, page) : plainDate(value, now, page)
    case 'full':
      return instant ? dateTime(instant, page) : longDate(value, page)
    case 'moment':
      return instant
        ? `${relativeDate(value, now, page)}${locale === 'ar' ? '\u060c' : ','} ${timeOfDay(instant, page)}`
        : relativeDate(value, now, page)
    default:
      return relativeDate(value, now, page)
  }
}

/** A telephone as people read it. With `call` it is a link that calls. */
export function PhoneText({ value, call }: { value: string; call?: boolean | undefined }) {
  const text = say(formatPhone(value))
  if (!call) return <span className="nb">{text}</span>
  return (
    <a className="nb" href={`tel:${value.replace(/[^\d+]/g, '')}`}>
      {text}
    </a>
  )
}

/** A name that came from a form: its direction is its own and does not turn the line. */
export function PersonName({ children, strong }: { children: string; strong?: boolean | undefined }) {
  return strong ? (
    <b>
      <bdi>{children}</bdi>
    </b>
  ) : (
    <bdi>{children}</bdi>
  )
}
