import { smsCapacity, splitSms } from '../../lib/sms/parts.ts'
import { type Saving, savings } from '../../lib/sms/savings.ts'

type LiveWords = { forms: Record<string, Record<string, string>>; unicode: string; costs: string[] }

const plurals = new Intl.PluralRules(document.documentElement.lang)
const mostDrawn = 10

/** A message shows as it will arrive, with its letters, parts and price, while it is written. The server counts again. */
export function bindSms(): void {
  document.addEventListener('input', event => {
    const field = event.target as HTMLTextAreaElement
    const box = field.closest?.<HTMLElement>('[data-sms]')
    if (!box || box.dataset.smsOf !== field.id) return
    const values = JSON.parse(box.dataset.sms ?? '{}') as Record<string, string>
    // Lines end on the wire with one sign; the form sends two.
    const written = field.value.replace(
      /\{([^{}]+)\}/g,
      (whole, name: string) => values[name.trim()] ?? whole,
    )
    const text = box.dataset.smsFrame?.replace('{text}', () => written).trim() ?? written
    const bubble = box.querySelector('.sms')
    if (bubble) bubble.textContent = text
    measure(box, text, JSON.parse(box.dataset.smsWords ?? '{}') as LiveWords)
  })
}

function measure(box: HTMLElement, text: string, words: LiveWords): void {
  const { units, parts, over, spare, ways } = savings(text)
  const counted = (key: string, count: number) => {
    const forms = words.forms[key]
    return (forms?.[plurals.select(count)] ?? forms?.other ?? '#').replace('#', String(count))
  }
  const put = (name: string, words: string) => {
    const place = box.querySelector(`[data-sms-${name}]`)
    if (place) place.textContent = words
    return place
  }
  put('units', counted('sms-length', units))
  const cost = put('parts', counted('sms-parts', parts))
  cost?.classList.toggle('warn-c', parts > 1 && parts < 4)
  cost?.classList.toggle('stop-c', parts > 3)
  put('cost', words.costs[parts - 1] ?? '')
  put(
    'room',
    over > 0 ? counted(parts === 2 ? 'sms-over-one' : 'sms-over', over) : counted('sms-spare', spare),
  )
  const say = (way: Saving) =>
    way.kind === 'unicode'
      ? words.unicode
          .replace('{letters}', way.letters.join(' '))
          .replace('{parts}', counted('sms-parts', way.parts))
      : counted(`sms-save-${way.kind}`, way.units)
  box.querySelector('[data-sms-saves]')?.replaceChildren(
    ...ways.map(way => {
      const item = document.createElement('li')
      item.textContent = say(way)
      return item
    }),
  )
  drawParts(box.querySelector('[data-sms-meter]'), text)
}

function drawParts(meter: Element | null, text: string): void {
  const { encoding, parts } = splitSms(text)
  const { single, joined } = smsCapacity[encoding]
  const room = parts.length > 1 ? joined : single
  meter?.replaceChildren(
    ...parts.slice(0, mostDrawn).map(part => {
      const bar = document.createElement('progress')
      bar.max = room
      bar.value = Math.min(room, part.length)
      return bar
    }),
  )
}
