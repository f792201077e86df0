import { dateTime } from '../../../lib/dates.ts'
import type { Locale } from '../../../lib/localized.ts'
import { DateText, Pane, Route, type Stop, useLocalized, usePage, useTexts } from '../../../ui/index.ts'
import type { StaffMember } from '../../people/index.ts'
import type { NoteLine, WholeMessage } from '../proof/one.ts'
import { type ProofText, proofText, proofTexts } from '../proof/strings.ts'
import { failureWords, providerWords } from './words.tsx'

type Happening = { at: Date; words: string; state: Stop['state'] }

const ends = ['failed', 'uncertain', 'unaddressed', 'opted-out', 'expired', 'cancelled'] as const
const waits = ['planned', 'held', 'waiting'] as const
const among = <Of extends string>(all: readonly Of[], one: string): one is Of =>
  (all as readonly string[]).includes(one)

/** What became of a message, in the order in which it happened: its states, what befell it, and every report as it came. */
export function WayPane({
  message,
  staff,
}: {
  message: WholeMessage
  staff: ReadonlyMap<string, StaffMember>
}) {
  const t = useTexts(proofTexts)
  const local = useLocalized()
  const page = usePage()
  const nameOf = (id: string) => {
    const member = staff.get(id)
    return member && local(member.name)
  }
  const noteWords = (note: NoteLine) => {
    const words = wordsOfNote(note, page)
    const name = note.by && nameOf(note.by)
    return name ? t('note-by', { what: words, name }) : words
  }
  const notes = message.notes.map(
    (note): Happening => ({ at: note.at, words: noteWords(note), state: 'done' }),
  )
  // Of what happened in the same instant, what led to the rest stands first.
  const [planned, ...later] = ownWay(message, page.locale)
  const happened = [
    ...(planned ? [planned] : []),
    ...notes,
    ...later,
    ...reportsOf(message, page.locale),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const now = waitingNow(message, page.locale)
  return (
    <Pane id="way" title={t('one-way')} icon="route">
      <Route
        stops={[
          ...happened.map(
            ({ at, words, state }, place): Stop => ({
              id: String(place),
              state,
              title: words,
              note: <DateText value={at} form="full" />,
            }),
          ),
          ...(now ? [{ id: 'now', state: 'now' as const, title: now }] : []),
        ]}
      />
    </Pane>
  )
}

/** The steps that stand in the message itself. */
function ownWay(message: WholeMessage, locale: Locale): Happening[] {
  const { state, failure, provider, channel, plannedAt, sentAt, deliveredAt, endedAt, readAt } = message
  const word = (key: ProofText, values?: Record<string, string>) => proofText(locale, key, values)
  const way: Happening[] = [{ at: plannedAt, words: word('way-planned'), state: 'done' }]
  if (sentAt) {
    const words = provider
      ? word('way-sent', { provider: providerWords(locale, provider) })
      : word('way-sent-nobody')
    way.push({ at: sentAt, words, state: 'done' })
  }
  if (deliveredAt) {
    const words = word(channel === 'portal' ? 'way-delivered-portal' : 'way-delivered')
    way.push({ at: deliveredAt, words, state: 'done' })
  }
  if (readAt) way.push({ at: readAt, words: word('way-read'), state: 'done' })
  if (among(ends, state)) {
    const words = word(`way-${state}`, { why: failureWords(locale, failure) })
    way.push({ at: endedAt ?? sentAt ?? plannedAt, words, state: 'halt' })
  }
  return way
}

function reportsOf({ reports }: WholeMessage, locale: Locale): Happening[] {
  return reports.map(({ state, failure, provider, receivedAt }) => ({
    at: receivedAt,
    words: proofText(locale, `report-${state}`, {
      provider: provider ? providerWords(locale, provider) : '',
      why: failureWords(locale, failure),
    }),
    state: 'done',
  }))
}

const waitingNow = ({ state }: WholeMessage, locale: Locale): string | undefined =>
  state === 'planned'
    ? proofText(locale, 'state-planned')
    : among(waits, state)
      ? proofText(locale, `way-${state}`)
      : undefined

function wordsOfNote({ what, detail = '' }: NoteLine, page: { locale: Locale; timeZone: string }): string {
  const key = `note-${what}`
  if (!Object.hasOwn(proofTexts.ar, key)) return detail ? `${what}: ${detail}` : what
  const until =
    what === 'put-off' && !Number.isNaN(Date.parse(detail)) ? dateTime(new Date(detail), page) : detail
  return proofText(page.locale, key as ProofText, { until, detail: refusal(detail, page.locale) })
}

/** «Provider: no-connection» with the cause in words. */
function refusal(detail: string, locale: Locale): string {
  const [by = '', failure] = detail.split(': ')
  return failure === undefined ? detail : `${by}: ${failureWords(locale, failure)}`
}
