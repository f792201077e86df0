import {
  costInWords,
  type PartPrice,
  type Saving,
  savings,
  smsCapacity,
  splitSms,
} from '../../lib/sms/index.ts'
import { usePage } from '../page.ts'
import { useWords, type WordKey } from '../words.ts'
import { say } from './say.tsx'

/** Parts beyond which a message costs more than it should. */
const mostParts = 3
const mostDrawn = 10

/** How long a message is: its letters, its parts drawn, what one such message costs, and how a part could be saved. */
export function SmsMeasure({ text, price }: { text: string; price?: PartPrice | undefined }) {
  const word = useWords()
  const { locale } = usePage()
  const { units, parts, over, spare, ways } = savings(text)
  const tone = toneOf(parts)
  return (
    <div className="sms-measure" data-sms-measure="">
      <PartsMeter text={text} />
      <p className="parts">
        <span data-sms-units="">{say(word('sms-length', { count: units }))}</span>
        <span className={tone} data-sms-parts="">
          {say(word('sms-parts', { count: parts }))}
        </span>
        <span data-sms-cost="">
          {price && say(word('sms-cost', { cost: costInWords(price, parts, locale) }))}
        </span>
        <span className="mut" data-sms-room="">
          {say(over > 0 ? word(overKey(parts), { count: over }) : word('sms-spare', { count: spare }))}
        </span>
      </p>
      <ul className="sms-saves" data-sms-saves="">
        {ways.map(way => (
          <li key={way.kind}>{say(savingInWords(word, way))}</li>
        ))}
      </ul>
    </div>
  )
}

const overKey = (parts: number): WordKey => (parts === 2 ? 'sms-over-one' : 'sms-over')
const toneOf = (parts: number): string | undefined =>
  parts > mostParts ? 'stop-c' : parts > 1 ? 'warn-c' : undefined

function savingInWords(
  word: (key: WordKey, values: Record<string, string | number>) => string,
  way: Saving,
): string {
  if (way.kind === 'unicode')
    return word('sms-save-unicode', {
      letters: way.letters.join(' '),
      parts: word('sms-parts', { count: way.parts }),
    })
  return word(`sms-save-${way.kind}`, { count: way.units })
}

/** Each part as a bar as full as it is. */
function PartsMeter({ text }: { text: string }) {
  const { encoding, parts } = splitSms(text)
  const { single, joined } = smsCapacity[encoding]
  const room = parts.length > 1 ? joined : single
  return (
    <span className="sms-meter" aria-hidden="true" data-sms-meter="">
      {parts.slice(0, mostDrawn).map((part, place) => (
        <progress key={String(place)} max={room} value={Math.min(room, part.length)} />
      ))}
    </span>
  )
}
