import type { Localized, ServiceDefinition } from '../../../kernel/definition/index.ts'
import { type Graph, graphOf } from './graph.ts'
import { type Box, type Layout, layOut, type Point } from './layout.ts'

/** An element of BPMN in the making; moddle checks its properties when it writes. */
type Element = Record<string, unknown> & { id?: string }

type Options = {
  /** Names of offices by code; one without a name stands by its code. */
  offices?: ReadonlyMap<string, Localized>
  locale?: keyof Localized
}

const words = {
  town: { ar: 'البلدية', en: 'The town' },
  applicant: { ar: 'مقدّم الطلب', en: 'The applicant' },
} satisfies Record<string, Localized>

/**
 * A service as BPMN 2.0 XML with its drawing: offices as lanes, posts as potential owners, conditions as gateways, what is told as message
 * flows to the applicant. Opens in any tool that reads BPMN.
 */
export async function writeBpmn(definition: ServiceDefinition, options: Options = {}): Promise<string> {
  const { locale = 'ar', offices } = options
  const { BpmnModdle } = await import('bpmn-moddle')
  const moddle = new BpmnModdle()
  const create = (type: string, properties: Element = {}): Element => moddle.create(type, properties)
  const graph = graphOf(definition, locale)
  const layout = layOut(graph)

  const elements = new Map(graph.nodes.map(node => [node.id, create(node.type, { id: node.id })]))
  for (const { id, name, role, documentation } of graph.nodes) {
    const element = elements.get(id)
    if (!element) continue
    if (name) element.name = name
    if (documentation) element.documentation = [create('bpmn:Documentation', { text: documentation })]
    if (role) element.resources = [create('bpmn:PotentialOwner', { id: `owner-${id}`, name: role })]
  }
  const flows = graph.flows.map(({ id, from, to, name, condition, isDefault }) => {
    const source = elements.get(from)
    const target = elements.get(to)
    const element = create('bpmn:SequenceFlow', { id, sourceRef: source, targetRef: target })
    if (name) element.name = name
    if (condition !== undefined) {
      element.conditionExpression = create('bpmn:FormalExpression', { body: condition, language: 'FEEL' })
    }
    if (isDefault && source) source.default = element
    return element
  })
  for (const flow of flows) {
    const [source, target] = [flow.sourceRef as Element, flow.targetRef as Element]
    source.outgoing = [...((source.outgoing as Element[]) ?? []), flow]
    target.incoming = [...((target.incoming as Element[]) ?? []), flow]
  }

  const lanes = layout.lanes.map(({ id }) =>
    create('bpmn:Lane', {
      id: `lane-${id}`,
      name: offices?.get(id)?.[locale] ?? id,
      flowNodeRef: graph.nodes.filter(node => node.lane === id).map(node => elements.get(node.id)),
    }),
  )
  const process = create('bpmn:Process', {
    id: `process-${definition.code}`,
    name: definition.name[locale],
    isExecutable: false,
    laneSets: [create('bpmn:LaneSet', { id: 'lanes', lanes })],
    flowElements: [...elements.values(), ...flows],
  })
  const town = create('bpmn:Participant', { id: 'town', name: words.town[locale], processRef: process })
  const applicant = create('bpmn:Participant', { id: 'applicant', name: words.applicant[locale] })
  const messages = graph.messages.map(({ id, name, text }) =>
    create('bpmn:Message', {
      id: `text-${id}`,
      name,
      ...(text && { documentation: [create('bpmn:Documentation', { text })] }),
    }),
  )
  const messageFlows = graph.messages.map(({ id, node, toApplicant }, i) => {
    const ends = [elements.get(node), applicant]
    const [sourceRef, targetRef] = toApplicant ? ends : ends.reverse()
    return create('bpmn:MessageFlow', {
      id,
      sourceRef,
      targetRef,
      messageRef: messages[i],
    })
  })
  const collaboration = create('bpmn:Collaboration', {
    id: 'collaboration',
    participants: [town, applicant],
    messageFlows,
  })
  const drawn = [
    ...[town, applicant].map((element, i) => shape(element, i === 0 ? layout.pool : layout.applicant, true)),
    ...layout.lanes.map(({ box }, i) => shape(lanes[i], box, true)),
    ...graph.nodes.map(({ id }) => shape(elements.get(id), layout.nodes.get(id))),
    ...edges(graph, layout),
  ]
  const plane = create('bpmndi:BPMNPlane', { id: 'plane', bpmnElement: collaboration, planeElement: drawn })
  const definitions = create('bpmn:Definitions', {
    id: `service-${definition.code}`,
    targetNamespace: `urn:shubbak:service:${definition.code}:${definition.version}`,
    exporter: 'Shubbak',
    exporterVersion: '1',
    expressionLanguage: 'https://www.omg.org/spec/DMN/20191111/FEEL/',
    rootElements: [collaboration, process, ...messages],
    diagrams: [create('bpmndi:BPMNDiagram', { id: 'diagram', plane })],
  })
  const { xml } = await moddle.toXML(definitions, { format: true })
  return xml

  function shape(element: Element | undefined, box: Box | undefined, isHorizontal?: boolean): Element {
    const bounds = create('dc:Bounds', { ...box })
    return create('bpmndi:BPMNShape', {
      id: `shape-${element?.id}`,
      bpmnElement: element,
      bounds,
      ...(isHorizontal && { isHorizontal }),
    })
  }

  function edges(of: Graph, { lines }: Layout): Element[] {
    const all = [
      ...of.flows.map(({ id }, i) => [id, flows[i]] as const),
      ...of.messages.map(({ id }, i) => [id, messageFlows[i]] as const),
    ]
    return all.map(([id, bpmnElement]) =>
      create('bpmndi:BPMNEdge', {
        id: `edge-${id}`,
        bpmnElement,
        waypoint: (lines.get(id) ?? []).map((point: Point) => create('dc:Point', { ...point })),
      }),
    )
  }
}
