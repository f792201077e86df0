import type { Localized, MessageEvent, ServiceDefinition, Step } from '../../../kernel/definition/index.ts'

/** What BPMN 2.0 calls the elements a service's way is made of. */
export type NodeType =
  | 'bpmn:StartEvent'
  | 'bpmn:EndEvent'
  | 'bpmn:UserTask'
  | 'bpmn:ServiceTask'
  | 'bpmn:ReceiveTask'
  | 'bpmn:CallActivity'
  | 'bpmn:ExclusiveGateway'
  | 'bpmn:ParallelGateway'
  | 'bpmn:InclusiveGateway'

export type GraphNode = {
  id: string
  type: NodeType
  name: string
  /** The office in whose lane it stands. */
  lane: string
  /** Post of whoever does it. */
  role?: string
  documentation?: string
}

/** `condition` is FEEL; `isDefault` is taken when none holds. */
export type GraphFlow = {
  id: string
  from: string
  to: string
  name?: string
  condition?: string
  isDefault?: boolean
}

/** What passes between the town and the applicant. */
export type GraphMessage = { id: string; node: string; toApplicant: boolean; name: string; text?: string }

export type Graph = { nodes: GraphNode[]; flows: GraphFlow[]; messages: GraphMessage[] }

export const startId = 'start'
export const endId = 'end-done'
const refusedId = 'end-rejected'

const taskTypes: Partial<Record<Step['kind'], NodeType>> = {
  payment: 'bpmn:ReceiveTask',
  confirmation: 'bpmn:ReceiveTask',
  outside: 'bpmn:ReceiveTask',
}

/** What is told when a step opens or is done. */
const toldAt: Partial<Record<Step['kind'], readonly MessageEvent[]>> = {
  payment: ['fee-due'],
  decision: ['approved'],
  committee: ['approved'],
  confirmation: ['answer-asked'],
  outside: ['sent-outside'],
  'site-visit': ['appointment'],
  handover: ['ready'],
}

const decides = ({ kind }: Step) => kind === 'decision' || kind === 'committee'

/**
 * The way of a service as a graph of BPMN elements, in one language. A step with a condition stands behind a gateway that leads past it; a
 * step with several ways on is followed by one; opinions stand between a split and a join.
 */
export function graphOf(definition: ServiceDefinition, locale: keyof Localized = 'ar'): Graph {
  const nodes: GraphNode[] = []
  const flows: GraphFlow[] = []
  const { steps, guide, messages: texts } = definition
  const flow = (from: string, to: string, more: Omit<GraphFlow, 'id' | 'from' | 'to'> = {}) => {
    flows.push({ id: `flow-${flows.length + 1}`, from, to, ...more })
  }
  const entryOf = (step: Step | undefined): string =>
    step === undefined ? endId : step.when === undefined ? bodyEntry(step) : `when-${step.id}`
  const find = (id: string) => steps.find(step => step.id === id)

  const [first, last] = [steps[0]?.office ?? guide.office, steps.at(-1)?.office ?? guide.office]
  nodes.push({ id: startId, type: 'bpmn:StartEvent', name: words.filed[locale], lane: first })
  flow(startId, entryOf(steps[0]))
  steps.forEach((step, i) => {
    const following = steps[i + 1]
    if (step.when !== undefined) {
      const gate = `when-${step.id}`
      nodes.push({ id: gate, type: 'bpmn:ExclusiveGateway', name: words.needed[locale], lane: step.office })
      flow(gate, bodyEntry(step), { name: words.yes[locale], condition: step.when })
      flow(gate, afterSkipped(step, following), { name: words.no[locale], isDefault: true })
    }
    const exit = addBody(step)
    leave(step, exit, following)
  })
  nodes.push({ id: endId, type: 'bpmn:EndEvent', name: words.done[locale], lane: last })
  if (steps.some(decides)) {
    nodes.push({ id: refusedId, type: 'bpmn:EndEvent', name: words.rejected[locale], lane: last })
  }
  return { nodes, flows, messages: told() }

  /** A step passed over leads on as if it had been done: to its gateway of ways on, or to the next. */
  function afterSkipped(step: Step, following: Step | undefined): string {
    return step.next ? `next-${step.id}` : entryOf(following)
  }

  function addBody(step: Step): string {
    const what = step.name[locale]
    const documentation = documentationOf(step)
    if (step.kind === 'opinions') {
      const opinions = step.opinions ?? []
      const some = opinions.some(({ when }) => when !== undefined) || step.join !== 'all'
      const type: NodeType = some ? 'bpmn:InclusiveGateway' : 'bpmn:ParallelGateway'
      nodes.push({ id: `split-${step.id}`, type, name: what, lane: step.office, documentation })
      for (const each of opinions) {
        const id = `task-${step.id}-${each.id}`
        nodes.push({ id, type: 'bpmn:UserTask', name: each.name[locale], lane: each.office, role: each.role })
        flow(`split-${step.id}`, id, each.when === undefined ? {} : { condition: each.when })
        flow(id, `join-${step.id}`)
      }
      nodes.push({ id: `join-${step.id}`, type, name: '', lane: step.office })
      return `join-${step.id}`
    }
    const id = `task-${step.id}`
    const own = step.kind === 'effect' && step.auto ? 'bpmn:ServiceTask' : taskTypes[step.kind]
    const type = step.kind === 'parts' ? 'bpmn:CallActivity' : (own ?? 'bpmn:UserTask')
    nodes.push({ id, type, name: what, lane: step.office, role: step.role, documentation })
    if (!decides(step)) return id
    const gate = `decided-${step.id}`
    nodes.push({ id: gate, type: 'bpmn:ExclusiveGateway', name: words.accepted[locale], lane: step.office })
    flow(id, gate)
    flow(gate, refusedId, { name: words.no[locale] })
    return gate
  }

  function leave(step: Step, exit: string, following: Step | undefined): void {
    const forward = decides(step) ? { name: words.yes[locale], isDefault: true } : {}
    if (!step.next) {
      flow(exit, entryOf(following), forward)
      return
    }
    const gate = `next-${step.id}`
    nodes.push({ id: gate, type: 'bpmn:ExclusiveGateway', name: words.whereto[locale], lane: step.office })
    flow(exit, gate, forward)
    for (const { when, to } of step.next) {
      flow(gate, entryOf(find(to)), when === undefined ? { isDefault: true } : { condition: when })
    }
    if (step.next.every(({ when }) => when !== undefined)) flow(gate, entryOf(following), { isDefault: true })
  }

  function documentationOf(step: Step): string {
    return `${step.office}, ${step.role}, ${step.hours}h: ${step.acts.join(', ')}`
  }

  function told(): GraphMessage[] {
    const sent = (node: string, event: MessageEvent): GraphMessage[] => {
      const text = texts[event]
      if (!text) return []
      const name = eventNames[event]?.[locale] ?? event
      return [{ id: `message-${node}-${event}`, node, toApplicant: true, name, text: text[locale] }]
    }
    return [
      { id: 'message-request', node: startId, toApplicant: false, name: definition.name[locale] },
      ...sent(entryTask(steps[0]), 'received'),
      ...steps.flatMap(step => (toldAt[step.kind] ?? []).flatMap(event => sent(`task-${step.id}`, event))),
      ...sent(endId, 'completed'),
      ...(steps.some(decides) ? sent(refusedId, 'rejected') : []),
    ]
  }
}

const bodyEntry = (step: Step): string => `${step.kind === 'opinions' ? 'split' : 'task'}-${step.id}`
const entryTask = (step: Step | undefined): string => (step ? bodyEntry(step) : endId)

/** Short names of what is told; the words themselves stand in the message's documentation. */
const eventNames: Partial<Record<MessageEvent, Localized>> = {
  received: { ar: 'استلمنا طلبك', en: 'Received' },
  'fee-due': { ar: 'رسم للدفع', en: 'Fee due' },
  approved: { ar: 'وافقنا', en: 'Approved' },
  rejected: { ar: 'لم نقبل', en: 'Not accepted' },
  'answer-asked': { ar: 'سؤال', en: 'Question' },
  'sent-outside': { ar: 'أرسلناه للمصادقة', en: 'Sent for attestation' },
  appointment: { ar: 'موعد الكشف', en: 'Appointment' },
  ready: { ar: 'جاهز للاستلام', en: 'Ready' },
  completed: { ar: 'أُنجز طلبك', en: 'Completed' },
}

const words = {
  filed: { ar: 'قُدّم الطلب', en: 'Request filed' },
  done: { ar: 'أُنجز', en: 'Done' },
  rejected: { ar: 'لم يُقبل', en: 'Not accepted' },
  needed: { ar: 'تلزم؟', en: 'Needed?' },
  accepted: { ar: 'قُبل؟', en: 'Accepted?' },
  whereto: { ar: 'إلى أين؟', en: 'Where to?' },
  yes: { ar: 'نعم', en: 'Yes' },
  no: { ar: 'لا', en: 'No' },
} satisfies Record<string, Localized>
