import { addresses } from '../../../lib/addresses.ts'
import { formatPhone, maskPhone } from '../../../lib/phone.ts'
import { DateText, Num, PersonName, Table, usePage, useTexts } from '../../../ui/index.ts'
import type { Call } from '../../../web/call.ts'
import { openEmail, openPhone } from '../../people/index.ts'
import type { MessageLine } from '../proof/model.ts'
import { proofTexts } from '../proof/strings.ts'
import { failureWords, kindWords, MessageStateFlag } from './words.tsx'

const shownLetters = 90

/** Whom a message is for, as its address is read; undefined where there is none. */
export function addressOf(
  call: Call,
  { to, channel }: Pick<MessageLine, 'to' | 'channel'>,
): string | undefined {
  if (!to) return undefined
  const keys = { tx: { town: call.town.id }, crypto: call.house.crypto }
  return channel === 'email' ? openEmail(keys, to) : formatPhone(openPhone(keys, to))
}

/** The same with most of it hidden, for lists. */
export function maskedAddress(
  call: Call,
  { to, channel }: Pick<MessageLine, 'to' | 'channel'>,
): string | undefined {
  if (!to) return undefined
  const keys = { tx: { town: call.town.id }, crypto: call.house.crypto }
  if (channel !== 'email') return maskPhone(openPhone(keys, to))
  return openEmail(keys, to).replace(/^(.).*(@.*)$/, '$1***$2')
}

/** Messages with whom they went to, what they said and where they stand; each leads to its own page. */
export function MessageTable({
  call,
  caption,
  lines,
  why = false,
}: {
  call: Call
  caption: string
  lines: readonly MessageLine[]
  /** Says under its state why a message did not arrive. */
  why?: boolean
}) {
  const t = useTexts(proofTexts)
  return (
    <Table
      caption={caption}
      rows={lines}
      rowId={line => line.id}
      columns={[
        { id: 'to', head: t('col-to'), heads: true, cell: line => <Whom call={call} line={line} /> },
        { id: 'text', head: t('col-text'), phone: 'line', cell: line => <Said call={call} line={line} /> },
        { id: 'state', head: t('col-state'), cell: line => <Standing call={call} line={line} why={why} /> },
        {
          id: 'when',
          head: t('col-when'),
          phone: 'end',
          dim: true,
          tight: true,
          cell: line => <DateText value={line.plannedAt} form="moment" />,
        },
      ]}
    />
  )
}

function Standing({ call, line, why }: { call: Call; line: MessageLine; why: boolean }) {
  return (
    <>
      <MessageStateFlag state={line.state} />
      {why && line.failure && <small className="dim">{failureWords(call.locale, line.failure)}</small>}
    </>
  )
}

function Whom({ call, line }: { call: Call; line: MessageLine }) {
  const t = useTexts(proofTexts)
  const address = maskedAddress(call, line)
  return (
    <>
      {line.person ? <PersonName>{line.person.name}</PersonName> : t('nobody')}
      {address && (
        <small className="dim line-note">
          <Num>{address}</Num>
        </small>
      )}
    </>
  )
}

function Said({ call, line }: { call: Call; line: MessageLine }) {
  const t = useTexts(proofTexts)
  const { url } = usePage()
  const words = line.body.length > shownLetters ? `${line.body.slice(0, shownLetters).trimEnd()}…` : line.body
  return (
    <>
      <a className="go" href={url(addresses.message, { id: line.id })}>
        <bdi>{words || t('no-words-yet')}</bdi>
      </a>
      <small className="dim line-note">
        {kindWords(call.locale, line.kind)}
        {line.request && (
          <>
            {' \u00b7 '}
            <Num>{line.request.number}</Num>
          </>
        )}
      </small>
    </>
  )
}
