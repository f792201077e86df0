import type { ReactNode } from 'react'
import { costInWords, type PartPrice, smsParts } from '../../lib/sms/index.ts'
import { usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { DateText } from './facts.tsx'
import { Icon } from './icon.tsx'
import { Num, say } from './say.tsx'

/** A short message as it will be sent, with its length, how many parts it takes and what they cost. */
export function SmsBubble({
  text,
  checked,
  price,
}: {
  text: string
  checked?: ReactNode
  /** Of one part. */
  price?: PartPrice | undefined
}) {
  const word = useWords()
  const { locale } = usePage()
  const { parts, units } = smsParts(text)
  return (
    <>
      <p className="sms">{say(text)}</p>
      <p className="parts">
        <span>{say(word('sms-length', { count: units }))}</span>
        <span className={parts > 1 ? 'warn-c' : undefined}>{say(word('sms-parts', { count: parts }))}</span>
        {price && <span>{say(word('sms-cost', { cost: costInWords(price, parts, locale) }))}</span>}
        {checked && (
          <span className="ok-c row">
            <Icon name="check" />
            <span>{say(checked)}</span>
          </span>
        )}
      </p>
    </>
  )
}

export type PhoneMessage = {
  id: string
  at: Date
  text: string
  from: string
  /** Written on this telephone. */
  mine?: boolean | undefined
}

/** A telephone with the messages that reached it, newest last. For towns that practise. */
export function PhoneMock({
  number,
  messages,
  empty,
}: {
  number: string
  messages: PhoneMessage[]
  empty?: ReactNode
}) {
  const word = useWords()
  return (
    <section className="phone" aria-label={word('phone-of', { number })}>
      <header>
        <Icon name="phone" />
        <Num>{number}</Num>
      </header>
      <ol>
        {messages.length === 0 && <li className="phone-empty">{say(empty ?? word('phone-empty'))}</li>}
        {messages.map(message => (
          <li key={message.id} className={message.mine ? 'mine' : undefined}>
            <small>
              {message.from} {'\u00b7'} <DateText value={message.at} form="moment" />
            </small>
            <p className="sms">{links(message.text)}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

/* A link in a message can be followed, as on a telephone. */
function links(text: string): ReactNode {
  return text.split(/(https?:\/\/[^\s\u2069]+)/).map((piece, place) =>
    place % 2 === 1 ? (
      <a key={String(place)} href={piece} dir="ltr">
        {piece}
      </a>
    ) : (
      <span key={String(place)}>{say(piece)}</span>
    ),
  )
}
