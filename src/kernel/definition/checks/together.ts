import { parseAmount } from '../../../lib/money.ts'
import type { Finding } from '../faults.ts'
import type { Part, ServiceDefinition } from '../model.ts'
import { answerFields } from '../scope.ts'
import { findUnused } from './used.ts'
import { spread } from './way.ts'

/** A finding in one of several services, by its place in their list. */
export type FindingThere = Finding & { at: number }

/** What only shows when the services of a town are looked at together. */
export const checkTogether = (definitions: readonly ServiceDefinition[]): FindingThere[] => [
  ...checkCodes(definitions),
  ...checkTariffKeys(definitions),
  ...checkParts(definitions),
  ...checkHandedOn(definitions),
]

const checkCodes = (definitions: readonly ServiceDefinition[]): FindingThere[] =>
  definitions.flatMap(({ code }, at): FindingThere[] =>
    definitions.findIndex(other => other.code === code) < at
      ? [{ at, path: ['code'], code: 'code-twice', values: { code } }]
      : [],
  )

/** The keys are the town's: on any day the same one means the same amount in every service. */
function checkTariffKeys(definitions: readonly ServiceDefinition[]): FindingThere[] {
  type Known = { series: string; service: string }
  const known = new Map<string, Known>()
  return definitions.flatMap(({ code, tariffs }, at) =>
    [...new Set(tariffs.map(({ key }) => key))].flatMap((key): FindingThere[] => {
      const rows = tariffs.filter(row => row.key === key)
      const series = rows
        .map(({ from, until = '', amount, currency }) => {
          const read = parseAmount(amount, currency)
          return `${from} ${until} ${read.ok ? read.value.minor : amount} ${currency}`
        })
        .sort()
        .join()
      const before = known.get(key)
      if (!before) known.set(key, { series, service: code })
      if (!before || before.series === series) return []
      const path = ['tariffs', tariffs.findIndex(row => row.key === key), 'amount']
      return [{ at, path, code: 'tariff-differs', values: { key, other: before.service } }]
    }),
  )
}

type PlacedPart = { part: Part; path: (string | number)[] }

const partsOf = ({ steps }: ServiceDefinition): PlacedPart[] =>
  steps.flatMap((step, s) => (step.parts ?? []).map((part, p) => ({ part, path: ['steps', s, 'parts', p] })))

/** Services filed as parts of others: there, answered in full, and never parts of themselves by way of others. */
function checkParts(definitions: readonly ServiceDefinition[]): FindingThere[] {
  const byCode = new Map(definitions.map(definition => [definition.code, definition]))
  const parts = (code: string) => {
    const definition = byCode.get(code)
    return definition ? partsOf(definition).map(({ part }) => part.service) : []
  }
  return definitions.flatMap((definition, at) =>
    partsOf(definition).flatMap(({ part, path }): FindingThere[] => {
      const target = byCode.get(part.service)
      if (!target) {
        const values = { service: part.service }
        return [{ at, path: [...path, 'service'], code: 'part-service-unknown', values }]
      }
      if (part.service !== definition.code && spread([part.service], parts).has(definition.code)) {
        const codes = `${definition.code}, ${part.service}`
        return [{ at, path: [...path, 'service'], code: 'parts-circle', values: { codes } }]
      }
      return checkAnswers(definition, target, part).map(finding => ({
        ...finding,
        at,
        path: [...path, ...finding.path],
      }))
    }),
  )
}

function checkAnswers(whole: ServiceDefinition, target: ServiceDefinition, part: Part): Finding[] {
  const given = Object.keys(part.answers ?? {})
  const wanted = answerFields(target)
  const always = target.form.pages
    .filter(page => page.when === undefined)
    .flatMap(page => page.fields)
    .filter(field => field.when === undefined && !field.optional)
  const asked = new Set(answerFields(whole).map(({ id }) => id))
  const service = part.service
  const strange = given.filter(name => !wanted.some(({ id }) => id === name))
  // What is asked only in some cases may well stay open here.
  const open = always.filter(({ id }) => !given.includes(id) && !asked.has(id))
  return [
    ...strange.map((name): Finding => {
      return { path: ['answers', name], code: 'part-answer-unknown', values: { name, service } }
    }),
    ...open.map(({ id }): Finding => {
      return { path: ['service'], code: 'part-answer-missing', values: { name: id, service } }
    }),
  ]
}

/** A question of an application of several parts is used where one of them asks it too. */
function checkHandedOn(definitions: readonly ServiceDefinition[]): FindingThere[] {
  const asks = (code: string) =>
    definitions.filter(other => other.code === code).flatMap(other => answerFields(other).map(({ id }) => id))
  return definitions.flatMap((definition, at) => {
    const parts = partsOf(definition)
    if (parts.length === 0) return []
    const asked = new Set(parts.flatMap(({ part }) => asks(part.service)))
    return findUnused(definition, asked).map(finding => ({ ...finding, at }))
  })
}
