import { type Desk, said } from '../parts/panes/model.ts'
import { nameOf, partWord } from '../parts/strings.ts'
import { vocabularyOf } from '../sentences/vocabulary.ts'
import { ruleInWords } from '../sentences/words.ts'
import type { DrawnStep } from './model.ts'

/** The steps of a service in words, as the drawing shows them. */
export function drawnSteps(desk: Desk): DrawnStep[] {
  const { content, locale, offices } = desk
  const speech = { subjects: vocabularyOf(content, { in: 'work' }, locale), locale }
  const office = (code: string | undefined) => offices.find(each => each.value === code)?.label ?? code ?? ''
  const hours = (value: number | undefined) => partWord(locale, 'hours-of', { count: value ?? 0 })
  return (content.steps ?? []).map((step, at): DrawnStep => {
    const { kind = 'review', opinions = [], join } = step
    const waits = kind === 'payment' || kind === 'confirmation'
    const time =
      kind === 'outside'
        ? partWord(locale, 'days-of', { count: step.days ?? 0 })
        : waits
          ? partWord(locale, 'clock-stands')
          : hours(step.hours)
    const body = said(step.body, locale)
    const least = typeof join === 'object' && join !== null ? (join.atLeast ?? 1) : undefined
    return {
      id: step.id ?? String(at),
      name: said(step.name, locale, step.id),
      office: body || office(step.office),
      time,
      look: kind === 'outside' ? 'outside' : waits ? 'waits' : 'inside',
      condition: step.when === undefined ? undefined : ruleInWords(step.when, speech),
      beside:
        kind === 'opinions'
          ? opinions.map((opinion, place) => ({
              id: opinion.id ?? String(place),
              name: said(opinion.name, locale, opinion.id),
              office: office(opinion.office),
              time: hours(opinion.hours),
            }))
          : undefined,
      join:
        least === undefined
          ? nameOf(locale, 'join-said', String(join ?? 'all'))
          : partWord(locale, 'join-said-least', { count: least }),
      ways: (step.next ?? []).map(way => ({
        to: way.to ?? '',
        when: way.when === undefined ? '' : ruleInWords(way.when, speech),
      })),
    }
  })
}
