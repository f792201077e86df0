import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kinds } from './fields.ts'
import { begin } from './pages/form.tsx'
import { priceAsTyped, readProvider } from './read.ts'

const common = {
  name: 'جوال',
  weight: '60',
  rate: '',
  dailyParts: '١٠٬٠٠٠',
  price: '0.045',
  currency: 'ILS',
  isOn: 'yes',
}
const smpp = {
  ...common,
  host: 'smpp.example.ps',
  port: '2775',
  user: 'dura',
  password: 'secret',
  sender: 'Dura',
}

const read = (kind: (typeof kinds)[number], typed: Record<string, string>, known = false) =>
  readProvider(kind, name => typed[name] ?? begin(kind)(name), known)

describe('the form of a provider', () => {
  test('reads what is typed, in either digits, and fills in what is not', () => {
    expect(read('smpp', smpp)).toEqual({
      ok: true,
      secret: { user: 'dura', password: 'secret', token: '' },
      input: {
        name: 'جوال',
        dialect: 'smpp',
        weight: 60,
        rate: undefined,
        dailyParts: 10_000,
        isOn: true,
        price: { milli: 4500, currency: 'ILS' },
        settings: {
          host: 'smpp.example.ps',
          port: 2775,
          tls: false,
          systemType: '',
          sender: 'Dura',
          window: 50,
          long: 'udh',
          ids: 'same',
          hardErrors: ['1', '9', '11', '12'],
          answerSeconds: 10,
          enquireSeconds: 30,
        },
      },
    })
  })

  test.each([
    ['smpp', { ...smpp, host: '' }, 'host', 'provider-host'],
    ['smpp', { ...smpp, port: '99999' }, 'port', 'whole-between'],
    ['smpp', { ...smpp, sender: 'بلدية' }, 'sender', 'provider-sender'],
    ['smpp', { ...smpp, sender: 'Municipality of Dura' }, 'sender', 'provider-sender'],
    ['smpp', { ...smpp, password: '' }, 'password', 'provider-password'],
    ['smpp', { ...smpp, ids: 'octal' }, 'ids', 'not-an-option'],
    ['smpp', { ...smpp, price: 'free' }, 'price', 'provider-price'],
    ['smpp', { ...smpp, currency: 'EUR' }, 'price', 'provider-price'],
    ['smpp', { ...smpp, name: ' ' }, 'name', 'provider-name'],
    ['smpp', { ...smpp, weight: '-1' }, 'weight', 'whole-between'],
    ['hotsms', { ...common, sender: 'Dura' }, 'user', 'provider-log-in'],
    ['kannel', { ...smpp, url: 'ftp://x' }, 'url', 'provider-url'],
    ['http', { ...common, sender: 'Dura', description: 'a: [1' }, 'description', 'provider-yaml'],
    [
      'http',
      { ...common, sender: 'Dura', description: 'url: https://x.ps' },
      'description',
      'provider-described',
    ],
    ['http', { ...common, sender: 'Dura', description: '&a [*a]' }, 'description', 'provider-yaml'],
    ['smtp', { ...common, host: 'mail.example.ps', from: 'window' }, 'from', 'provider-from'],
  ] as const)('of %s says at one field what to do: %j', (kind, typed, field, code) => {
    const form = read(kind, typed)
    expect(form.ok ? [] : form.faults).toMatchObject([{ field, code }])
  })

  test('keeps what is known of a secret', () => {
    expect(read('smpp', { ...smpp, password: '', user: '' }, true)).toMatchObject({
      ok: true,
      secret: { user: '', password: '' },
    })
  })

  test.each(kinds)('of a new %s begins with settings that read', kind => {
    const typed = { ...smpp, from: 'window@example.ps', url: begin(kind)('url') || 'https://example.ps' }
    expect(read(kind, typed)).toMatchObject({ ok: true })
  })

  test('never throws, whatever is typed', () => {
    const field = fc.constantFrom(
      'name',
      'host',
      'port',
      'sender',
      'price',
      'weight',
      'description',
      'url',
      'from',
      'ca',
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.dictionary(field, fc.string({ unit: 'grapheme' })),
        (kind, typed) => {
          const form = read(kind, typed)
          return form.ok || form.faults.length > 0
        },
      ),
    )
  })
})

test('a price is shown as it was typed', () => {
  expect([priceAsTyped(4500, 'ILS'), priceAsTyped(4500, 'JOD'), priceAsTyped(100_000, 'USD')]).toEqual([
    '0.045',
    '0.0045',
    '1',
  ])
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 90_000_000 }),
      fc.constantFrom('ILS', 'JOD', 'USD'),
      (milli, currency) => {
        const price = priceAsTyped(milli, currency as 'ILS')
        const form = read('smpp', { ...smpp, price, currency })
        return form.ok && form.input.price.milli === milli
      },
    ),
  )
})
