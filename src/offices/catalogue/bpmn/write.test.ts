import { BpmnModdle } from 'bpmn-moddle'
import { describe, expect, test } from 'vitest'
import { parseService, type ServiceDefinition } from '../../../kernel/definition/index.ts'
import { listServiceFiles } from '../files.ts'
import { graphOf } from './graph.ts'
import { layOut } from './layout.ts'
import { writeBpmn } from './write.ts'

const { files, commons } = await listServiceFiles()
const services = files.map(({ file, source }): ServiceDefinition => {
  const read = parseService(source, commons)
  if (!read.ok) throw new Error(`${file} does not read`)
  return read.definition
})

describe('a service as BPMN', () => {
  test.each(services.map(service => [service.code, service] as const))(
    '%s is read by bpmn-moddle without a warning, with everything it drew',
    async (_code, service) => {
      const { rootElement, warnings } = await new BpmnModdle().fromXML(await writeBpmn(service))
      expect(warnings).toEqual([])
      const graph = graphOf(service)
      const [diagram] = rootElement.diagrams as { plane: { planeElement: unknown[] } }[]
      const lanes = new Set(graph.nodes.map(({ lane }) => lane)).size
      expect(diagram?.plane.planeElement).toHaveLength(
        2 + lanes + graph.nodes.length + graph.flows.length + graph.messages.length,
      )
    },
  )

  test.each(services.map(service => [service.code, service] as const))(
    '%s leads from the request to an end over every element',
    (_code, service) => {
      const { nodes, flows } = graphOf(service)
      const known = new Set(nodes.map(({ id }) => id))
      expect(flows.filter(({ from, to }) => !known.has(from) || !known.has(to))).toEqual([])
      const reached = new Set(['start'])
      for (const at of reached) for (const { from, to } of flows) if (from === at) reached.add(to)
      expect([...known].filter(id => !reached.has(id))).toEqual([])
    },
  )

  test.each(services.map(service => [service.code, service] as const))(
    '%s lays no element over another',
    (_code, service) => {
      const boxes = [...layOut(graphOf(service)).nodes.values()]
      const overlaps = boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter(
            b => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
          ),
      )
      expect(overlaps).toEqual([])
    },
  )
})
