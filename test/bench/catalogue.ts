import { type CompiledService, compileService, parseService } from '../../src/kernel/definition/index.ts'
import { runExamples } from '../../src/kernel/examples/index.ts'
import { simulate } from '../../src/kernel/form/index.ts'
import { listServiceFiles } from '../../src/offices/catalogue/index.ts'
import { median, quantile, tell } from './report.ts'

const goalCompileMs = 500
const goalSimulationMs = 0.1

/** Reading and compiling every service that ships, as the first thing a process does; then filling in their forms and running their examples. */
export async function benchCatalogue(): Promise<void> {
  const { files, commons } = await listServiceFiles()
  const compileAll = () => {
    const began = performance.now()
    const worked = process.cpuUsage()
    const services = files.flatMap(({ source }) => {
      const read = parseService(source, commons)
      return read.ok ? [compileService(read.definition)] : []
    })
    const { user, system } = process.cpuUsage(worked)
    return { services, took: performance.now() - began, worked: (user + system) / 1_000 }
  }
  const { services, took: cold, worked } = compileAll()
  const warm = median(Array.from({ length: 5 }, () => compileAll().took))
  tell({
    name: 'catalogue-compile',
    value: cold,
    unit: 'ms, cold',
    ratio: cold / goalCompileMs,
    baseline: `the goal of ${goalCompileMs} ms for all services`,
    goal: { ratio: 1 },
    details: {
      services: services.length,
      coldMs: cold,
      // What the processor did for it, whoever else wanted it meanwhile.
      processorMs: worked,
      warmMs: warm,
      bytes: files.reduce((sum, { source }) => sum + source.length, 0),
    },
  })
  tellSimulation(services)
  tellExamples(services)
}

/** One walk through a form as its examples fill it in: the median of all, and the slowest. */
function tellSimulation(services: readonly CompiledService[]): void {
  const cases = services.flatMap(service =>
    (service.definition.examples ?? []).map(({ answers, capacity, channel }) => ({
      service,
      answers,
      values: {
        capacity: capacity ?? service.definition.applicants[0] ?? 'principal',
        channel: channel ?? service.definition.channels[0] ?? 'web',
        today: '2026-02-01',
      } as const,
    })),
  )
  const once = ({ service, answers, values }: (typeof cases)[number], times: number) => {
    const began = performance.now()
    for (let i = 0; i < times; i += 1) simulate(service, answers, values)
    return (performance.now() - began) / times
  }
  for (const each of cases) once(each, 50)
  const times = cases.map(each => Math.min(...[1, 2, 3, 4, 5].map(() => once(each, 50))))
  const slowest = Math.max(...times)
  tell({
    name: 'form-simulation',
    value: slowest,
    unit: 'ms, the slowest form',
    ratio: slowest / goalSimulationMs,
    baseline: `the goal of ${goalSimulationMs} ms`,
    goal: { ratio: 1 },
    details: {
      forms: cases.length,
      medianMs: median(times),
      p95Ms: quantile(times, 0.95),
      slowest: cases[times.indexOf(slowest)]?.service.definition.code,
    },
  })
}

/** Every example of every service, with the branches it takes. */
function tellExamples(services: readonly CompiledService[]): void {
  const began = performance.now()
  const runs = services.map(({ definition }) => runExamples(definition))
  const took = performance.now() - began
  const examples = runs.reduce((sum, run) => sum + run.examples.length, 0)
  tell({
    name: 'catalogue-examples',
    value: took,
    unit: 'ms',
    ratio: took / Math.max(1, examples),
    baseline: 'one example, in ms',
    details: { examples, branches: runs.reduce((sum, run) => sum + run.branches.length, 0) },
  })
}
