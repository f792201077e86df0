import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { longDate } from '../../lib/dates.ts'
import { currencyWord } from '../../lib/money.ts'
import { smsParts } from '../../lib/sms/index.ts'
import { formatMessage } from '../../lib/texts.ts'
import { faultsOf, runExamples } from '../examples/index.ts'
import {
  checkCommon,
  checkService,
  compileService,
  type Field,
  parseService,
  type ServiceDefinition,
  stopsPublishing,
} from './index.ts'

const folder = new URL('../../../catalogue/', import.meta.url)
const yamlIn = (path: string) => readdirSync(new URL(path, folder)).filter(file => file.endsWith('.yaml'))
const textOf = (path: string) => readFileSync(new URL(path, folder), 'utf8')
const files = yamlIn('.')
const commons = new Map(yamlIn('common').map(file => [basename(file, '.yaml'), textOf(`common/${file}`)]))
const offices = (parse(textOf('town/offices.yaml')) as { code: string }[]).map(({ code }) => code)

function load(file: string) {
  const read = parseService(textOf(file), commons)
  if (!read.ok) throw new Error(`${file}: ${JSON.stringify(read.faults)}`)
  return read
}

const said = (faults: readonly { line: number; path: string; message: { ar: string } }[]) =>
  faults.map(({ line, path, message }) => `${line} ${path}: ${message.ar}`)

describe('the catalogue', () => {
  it.each([...commons])('common/%s.yaml is read', (name, text) => {
    expect(said(checkCommon(name, text))).toEqual([])
  })

  it.each(files)('%s is clean', file => {
    const { definition, locate } = load(file)
    expect(said(stopsPublishing(checkService(definition, { offices }, locate)))).toEqual([])
    expect(`${definition.code}.yaml`).toBe(file)
  })

  it.each(files)('%s does what its examples say', file => {
    const { definition, locate } = load(file)
    expect(said(faultsOf(definition, runExamples(definition), locate))).toEqual([])
  })

  it.each(files)('%s speaks in at most two parts of an SMS', file => {
    const { definition } = load(file)
    for (const text of Object.values(definition.messages)) {
      for (const locale of ['ar', 'en'] as const) {
        expect(
          smsParts(formatMessage(text[locale], locale, longest(definition, locale))).parts,
        ).toBeLessThanOrEqual(2)
      }
    }
  })

  it.each(files)('%s begins and ends at the centre', file => {
    const { steps } = load(file).definition
    expect([steps[0]?.office, steps.at(-1)?.office]).toEqual(['service-centre', 'service-centre'])
  })

  it('has a hash that follows the content only', () => {
    const { definition } = load('ELE-01.yaml')
    const turned = Object.fromEntries(Object.entries(definition).reverse()) as typeof definition
    expect(compileService(turned).hash).toBe(compileService(definition).hash)
    const newer = { ...definition, version: definition.version + 1 }
    expect(compileService(newer).hash).not.toBe(compileService(definition).hash)
  })

  it('sets one amount under one name of a tariff, whichever service starts with it', () => {
    const rows = files.flatMap(file =>
      load(file).definition.tariffs.map(
        ({ key, from, amount, currency }) => [`${key} ${from}`, `${amount} ${currency}`] as const,
      ),
    )
    const amounts = Map.groupBy(rows, ([key]) => key)
    const differing = [...amounts].filter(([, same]) => new Set(same.map(([, amount]) => amount)).size > 1)
    expect(differing.map(([key]) => key)).toEqual([])
  })
})

/** What a message may name, as long as it really gets. */
function longest(definition: ServiceDefinition, locale: 'ar' | 'en'): Record<string, string> {
  const most = (texts: readonly string[]) => texts.reduce((a, b) => (a.length > b.length ? a : b), '')
  const fields = [
    ...definition.form.pages.flatMap(page => page.fields),
    ...definition.steps.flatMap(step => [step, ...(step.opinions ?? [])].flatMap(each => each.fields ?? [])),
  ]
  const answer = ({ options }: Field) =>
    options ? most(options.map(({ label }) => label[locale])) : '12345/2026'
  return {
    ...Object.fromEntries(fields.map(field => [field.id, answer(field)])),
    link: 'https://town.example/s/abcdefghjk',
    number: '12345/2026',
    papers: most(definition.papers.map(paper => paper.name[locale])),
    reason: most((definition.grounds ?? []).map(({ words }) => words[locale])),
    amount: `1,170.00 ${currencyWord('ILS', locale)}`,
    date: longDate('2026-11-25', { locale, timeZone: 'UTC' }),
    hour: '10:30',
    body: most(definition.steps.flatMap(({ body }) => body?.[locale] ?? [])),
    service: definition.name[locale],
  }
}
