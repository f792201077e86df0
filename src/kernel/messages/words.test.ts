import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smsParts } from '../../lib/sms/index.ts'
import { formatMessage } from '../../lib/texts.ts'
import { isFitForMessages, parseService, type ServiceDefinition } from '../definition/index.ts'
import { answerFields, officerFields } from '../definition/scope.ts'
import { checkWords, eventsOf, mostParts, termsOf, termsOfEvery, type WordsTerms } from './index.ts'

const folder = new URL('../../../catalogue/', import.meta.url)
const yamlIn = (path: string) => readdirSync(new URL(path, folder)).filter(file => file.endsWith('.yaml'))
const textOf = (path: string) => readFileSync(new URL(path, folder), 'utf8')
const commons = new Map(yamlIn('common').map(file => [basename(file, '.yaml'), textOf(`common/${file}`)]))
const catalogue: ServiceDefinition[] = yamlIn('.').flatMap(file => {
  const read = parseService(textOf(file), commons)
  return read.ok ? [read.definition] : []
})
const service = (code: string): ServiceDefinition => {
  const found = catalogue.find(each => each.code === code)
  if (!found) throw new Error(`no ${code}`)
  return found
}

const own = { ownPhones: ['+97092390000'], ownHosts: ['town.example'] }
const terms: WordsTerms = {
  samples: [{ number: '12345/2026', amount: '1,170.00 شيكل', count: 12 }],
  refused: new Map([
    ['owner', 'private'],
    ['findings', 'staff-words'],
    ['amperes', 'early'],
  ]),
  needs: [],
  wants: ['number'],
  ...own,
}
const codes = (body: string, of: WordsTerms = terms) => checkWords(body, of).map(({ code }) => code)

describe('the check of words for an occasion', () => {
  test('lets words pass that name what the occasion knows', () => {
    expect(checkWords('طلبك {number}: ادفع {amount}.', terms)).toEqual([])
  })

  test.each([
    ['', 'words-empty'],
    ['   \n', 'words-empty'],
    ['طلبك {number', 'words-syntax'],
    ['طلبك {number} {count, select, other {سر}}', 'words-syntax'],
    ['طلبك {number} {count, date}', 'words-syntax'],
    ['طلبك {number} {neighbour}', 'words-variable'],
    ['طلبك {number} {toString}', 'words-variable'],
    ['طلبك {number}، والمالك {owner}', 'words-private'],
    ['طلبك {number}: {findings}', 'words-staff-words'],
    ['طلبك {number}: {amperes} أمبير', 'words-early'],
    ['طلبك {number} {amount, plural, other {#}}', 'words-plural'],
    ['طلبك 4178/2026 جاهز، {number}', 'words-number'],
    ['طلبك ٤١٧٨/٢٠٢٦ جاهز، {number}', 'words-number'],
    ['طلبك {number}: اتصل بـ 0599 123 456', 'words-telephone'],
    ['طلبك {number}: اتصل بـ ٠٥٩٩١٢٣٤٥٦', 'words-telephone'],
    ['طلبك {number} لصاحب الهوية 900000001', 'words-identity'],
    ['طلبك {number}: ادفع لحساب 20-004178-3', 'words-account'],
  ])('refuses «%s» for %s', (body, code) => {
    expect(checkWords(body, terms)).toContainEqual(expect.objectContaining({ code, severity: 'fault' }))
  })

  test.each([
    'طلبك {number}: اتصل بالبلدية 09-239-0000',
    'طلبك {number} ينتهي في 30/11/2026',
    'طلبك {number} وفق القانون رقم 1 لسنة 1997',
    'طلبك {number}: https://town.example/help',
  ])('lets pass what is nobody’s own: «%s»', body => {
    expect(checkWords(body, terms)).toEqual([])
  })

  test('points out, without refusing, a foreign address, a long number, and words that do not say what they are about', () => {
    expect(codes('طلبك {number}: https://evil.example/pay')).toEqual(['words-link'])
    expect(codes('طلبك {number}: 12345678901234')).toEqual(['words-long-number'])
    expect(codes('جاهز في المركز.')).toEqual(['words-lacks'])
  })

  test('asks for a name without which the message is of no use', () => {
    expect(
      codes('رمز متابعة طلبك صالح عشر دقائق.', { ...terms, samples: [{ code: '482913' }], needs: ['code'] }),
    ).toContain('words-needs')
  })

  test('counts every form of a count, not only the one of the sample', () => {
    const long = 'س'.repeat(220)
    expect(codes(`{number} {count, plural, one {${long}} other {#}}`)).toEqual(['words-too-long'])
  })

  test('names that hide inside a form of a count are found', () => {
    expect(codes('{number} {count, plural, one {{owner}} other {#}}')).toEqual(['words-private'])
    expect(codes('{number} {count, plural, one {0599123456} other {#}}')).toEqual(['words-telephone'])
  })
})

describe('whatever the service', () => {
  const anyName = fc.constantFrom(
    ...catalogue.flatMap(definition =>
      eventsOf(definition).flatMap(event =>
        [...answerFields(definition), ...officerFields(definition)].map(field => ({
          definition,
          event,
          field,
        })),
      ),
    ),
  )

  test('its own words pass the check for a town’s words', () => {
    const wrong = catalogue.flatMap(definition =>
      eventsOf(definition).flatMap(event =>
        checkWords(definition.messages[event]?.ar ?? '', { ...termsOf(definition, event), ...own })
          .filter(({ severity }) => severity === 'fault')
          .map(({ code }) => `${definition.code} ${event}: ${code}`),
      ),
    )
    expect(wrong).toEqual([])
  })

  test('an answer that may be another person’s never passes, in a service or for all of them', () => {
    fc.assert(
      fc.property(anyName, ({ definition, event, field }) => {
        const body = `طلبك {number} {${field.id}}`
        const every = checkWords(body, { ...termsOfEvery(catalogue, event), ...own })
        const isOccasion = Object.hasOwn(termsOfEvery([definition], event).samples[0] ?? {}, field.id)
        if (!isOccasion) expect(every.some(({ severity }) => severity === 'fault')).toBe(true)
        if (isFitForMessages(field) || isOccasion) return
        const found = checkWords(body, { ...termsOf(definition, event), ...own })
        expect(found).toContainEqual(expect.objectContaining({ code: 'words-private', severity: 'fault' }))
      }),
    )
  })

  test('an officer’s own words pass only where the service itself tells them', () => {
    const told = ({ messages }: ServiceDefinition) =>
      Object.values(messages)
        .map(({ ar }) => ar)
        .join(' ')
    const untold = catalogue.flatMap(definition =>
      officerFields(definition)
        .filter(
          ({ kind, id }) =>
            kind === 'long-text' || (kind === 'text' && !told(definition).includes(`{${id}}`)),
        )
        .map(({ id }) => ({ definition, id })),
    )
    expect(untold.length).toBeGreaterThan(10)
    for (const { definition, id } of untold) {
      const found = checkWords(`{${id}}`, { ...termsOf(definition, 'completed'), ...own })
      expect(found.some(({ severity }) => severity === 'fault')).toBe(true)
    }
  })

  test('what passes is at most three parts long with every sample', () => {
    const definition = service('ELE-01')
    const of = { ...termsOf(definition, 'received'), ...own }
    const piece = fc.oneof(
      fc.constantFrom('{number}', '{service}', '{date}', ' '),
      fc.string({ maxLength: 40 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const body = pieces.join('')
        if (checkWords(body, of).some(({ severity }) => severity === 'fault')) return
        for (const values of of.samples)
          expect(smsParts(formatMessage(body, 'ar', values)).parts).toBeLessThanOrEqual(mostParts)
      }),
    )
  })
})
