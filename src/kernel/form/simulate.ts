import type { CompiledService, RuleValues } from '../definition/compiled.ts'
import type { Answers } from '../definition/model.ts'
import { collect, inspectField, isAnswered } from './inspect.ts'
import type { FormValues, SimulatedPage, Simulation } from './model.ts'

/**
 * Walks the form once, in order: conditions look only at what was asked before, so one walk decides which pages and questions
 * exist for these answers, what is wrong, and what is to be dropped.
 */
export function simulate(service: CompiledService, answers: Answers, values: FormValues): Simulation {
  const pruned: Answers = {}
  const seen: RuleValues = { ...values, answers: pruned, stepFields: {} }
  const pages: SimulatedPage[] = []
  for (const page of service.pages) {
    const found = collect()
    const reachable = page.applies(seen)
    if (reachable) {
      for (const { id, field, applies } of page.fields) {
        if (!applies(seen)) continue
        const answer = Object.hasOwn(answers, id) ? answers[id] : undefined
        if (isAnswered(answer)) pruned[id] = answer
        inspectField(field, answer, id, values.today, found)
      }
    }
    pages.push({
      id: page.id,
      reachable,
      complete: reachable && found.faults.length === 0,
      faults: found.faults,
    })
  }
  return { pages, pruned, ...order(pages) }
}

function order(pages: readonly SimulatedPage[]): Omit<Simulation, 'pages' | 'pruned'> {
  const asked = pages.filter(page => page.reachable)
  const reachable = asked.map(page => page.id)
  const beside = (pageId: string, distance: 1 | -1) => {
    const at = reachable.indexOf(pageId)
    return at < 0 ? undefined : reachable[at + distance]
  }
  return {
    reachable,
    next: pageId => beside(pageId, 1),
    back: pageId => beside(pageId, -1),
    firstIncomplete: asked.find(page => !page.complete)?.id,
    missing: asked.flatMap(page => page.faults),
  }
}
