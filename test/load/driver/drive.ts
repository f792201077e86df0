import { chanceOf } from '../../faults/chance.ts'
import type { Citizen, Order, Outcome, Told } from '../shape.ts'
import { machineTime, type Time, thinking } from './clock.ts'
import { Latencies, Timeline } from './latencies.ts'
import { type Answer, type Asked, Line } from './line.ts'

/** An exchange that was answered otherwise than it should have been: it was counted, and whoever went this way goes no further. */
export class Failed extends Error {}

/** What is asked, and which status is the right one. */
export type Step = Asked & {
  /** The kind of act it is measured as; nothing where it is only on the way. */
  as?: string
  /** When it should have begun; now unless it is said. */
  due?: number
  status: number
}

const mostSamples = 20

/** Everything a shape counts while it drives. */
export class Drive {
  readonly order: Order
  readonly line: Line
  readonly time: Time
  readonly chance: ReturnType<typeof chanceOf>
  readonly began: number
  /** People whose number is nobody's account's too. */
  readonly known: Citizen[]
  readonly told: Told[] = []
  readonly begun: string[] = []
  readonly facts: Record<string, number> = {}
  readonly #acts = new Map<string, Latencies>()
  readonly #timeline: Timeline
  readonly #failures: Record<string, number> = {}
  readonly #samples: string[] = []
  readonly #cpu = process.cpuUsage()
  readonly #drawn: 'whole' | 'each'
  #marks = 0

  /** `drawn` says what stands in the timeline: whole acts, or each exchange that is measured. */
  constructor(order: Order, { connections, drawn }: { connections: number; drawn: 'whole' | 'each' }) {
    this.order = order
    this.time = machineTime
    this.#drawn = drawn
    this.known = order.ground.people.filter(each => each.idNumber !== '')
    this.line = new Line(`http://127.0.0.1:${order.ground.port}`, connections)
    this.chance = chanceOf(order.seed)
    this.began = this.time.now()
    this.#timeline = new Timeline(this.began)
  }

  /** The address inside the town. */
  at(path: string): string {
    return this.order.ground.prefix + path
  }

  /** Asks, measures and holds the answer to its status. @throws Failed, which is counted already */
  async ask(step: Step): Promise<Answer> {
    const due = step.due ?? this.time.now()
    const drawn = this.#drawn === 'each' && step.as !== undefined
    if (drawn) this.#timeline.due(due)
    let answer: Answer
    try {
      answer = await this.line.ask(step)
    } catch (error) {
      if (drawn) this.#timeline.failed(this.time.now())
      throw this.fail(step.as ?? step.path, `no answer: ${(error as Error).message}`)
    }
    if (answer.status === step.status) {
      if (step.as) this.took(step.as, due)
      if (drawn) this.#timeline.done(this.time.now(), this.time.now() - due)
      return answer
    }
    if (drawn) this.#timeline.failed(this.time.now())
    const words = answer.status >= 300 && answer.status < 400 ? answer.location : plain(answer.text())
    throw this.fail(step.as ?? step.path, `${answer.status}`, `${step.path} ${words}`)
  }

  /** Notes how long an act took that was due then. */
  took(act: string, due: number): void {
    const latencies = this.#acts.get(act) ?? new Latencies()
    this.#acts.set(act, latencies)
    latencies.record(this.time.now() - due)
  }

  fail(act: string, why: string, sample = ''): Failed {
    const name = `${act}: ${why}`
    this.#failures[name] = (this.#failures[name] ?? 0) + 1
    if (this.#samples.length < mostSamples) this.#samples.push(`${name} ${sample}`.slice(0, 600))
    return new Failed(name)
  }

  /**
   * One whole act of those the shape is judged by, from when it was due. What fails in it is counted and ends it; anything else that is thrown
   * is a fault of the driver's own, counted too.
   */
  async whole(due: number, work: () => Promise<void>): Promise<void> {
    const drawn = this.#drawn === 'whole'
    if (drawn) this.#timeline.due(due)
    try {
      await work()
      if (drawn) this.#timeline.done(this.time.now(), this.time.now() - due)
    } catch (error) {
      if (drawn) this.#timeline.failed(this.time.now())
      if (!(error instanceof Failed))
        this.fail('driver', String((error as Error).stack ?? error).slice(0, 300))
    }
  }

  /** A mark that stands in the answers of one filing and nowhere else: a parcel and its part, as one is written, so it may stand where one is asked for. */
  mark(): string {
    this.#marks += 1
    const mark = `${this.order.seed}/${String(this.#marks).padStart(7, '0')}`
    this.begun.push(mark)
    return mark
  }

  /** Waits as long as people think; gives when the next act is due. */
  async think(mean = this.order.size.think): Promise<number> {
    const due = this.time.now() + thinking(mean, this.chance.next)
    await this.time.sleep(due - this.time.now())
    return due
  }

  count(fact: string, by = 1): void {
    this.facts[fact] = (this.facts[fact] ?? 0) + by
  }

  async end(): Promise<Outcome> {
    await this.line.close()
    const { user, system } = process.cpuUsage(this.#cpu)
    return {
      shape: this.order.shape,
      seconds: (this.time.now() - this.began) / 1000,
      acts: Object.fromEntries([...this.#acts].map(([name, latencies]) => [name, latencies.summary()])),
      timeline: this.#timeline.ticks(),
      failures: this.#failures,
      samples: this.#samples,
      told: this.told,
      begun: this.begun,
      facts: this.facts,
      driverCpuMs: (user + system) / 1000,
    }
  }
}

/** What a page says, without its signs. */
const plain = (html: string): string =>
  html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 500)
