import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { onIncoming, planMessage, sendDue, takeIncoming } from '../../src/offices/messaging/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import { type House, openHouse } from '../../src/platform/house.ts'
import type { Town } from '../../src/web/town.ts'
import { aPerson, aTown } from '../builders/people.ts'
import { dataOf } from './ground.ts'
import { median, note, tell } from './report.ts'

const aSecond = 1_000
const flooder = '+970599999999'
/** A step of somebody else may be told no later than this many times as late as without the flood. */
const goal = 1.5

/**
 * A thousand texts a second from one number, while steps of others are planned and sent and a text of another is answered: how long these
 * take with the flood and without it, in turns.
 */
export async function benchIncoming(quick: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-bench-'))
  chmodSync(folder, 0o755)
  const environment = { DATA_DIR: join(folder, 'data'), SYSTEM_DIR: join(folder, 'system') }
  const house = await openHouse(readConfig({ ...environment, LOG_LEVEL: 'warn' }), {
    prepare: true,
    hold: true,
  })
  try {
    const town = await aTown(house, { slug: 'bench', isDemo: true })
    const person = await aPerson({ house, town: town.id })
    onIncoming(house, { name: 'bench', hear: async () => ({ reply: 'سمعنا.' }) })
    const rounds: { calm: Measured; flooded: Measured; came: number }[] = []
    const seconds = quick ? 3 : 8
    await measure(house, town, person.id, 1)
    for (let round = 0; round < (quick ? 3 : 5); round++) {
      const calm = await measure(house, town, person.id, seconds)
      const flood = startFlood(house, town)
      const flooded = await measure(house, town, person.id, seconds)
      const came = (await flood.stop()) / seconds
      rounds.push({ calm, flooded, came })
      note(
        `${Math.round(came)} texts/s: a step ${flooded.step.toFixed(1)} ms (calm ${calm.step.toFixed(1)}), an answer ${flooded.answer.toFixed(1)} ms (calm ${calm.answer.toFixed(1)})`,
      )
    }
    const { rows } = await house.database.read(town.id, tx =>
      sql<{ kept: number; dropped: number }>`
        select (select count(*)::int from incoming_message where municipality_id = ${town.id}) as kept,
               (select sum(dropped)::int from incoming_number where municipality_id = ${town.id}) as dropped`.execute(
        tx.q,
      ),
    )
    tell({
      name: 'a step of others under a flood of texts from one number',
      unit: 'ms',
      value: median(rounds.map(({ flooded }) => flooded.step)),
      ratio: median(rounds.map(({ calm, flooded }) => flooded.step / calm.step)),
      baseline: 'the same without the flood',
      goal: { ratio: goal },
      details: { textsASecond: median(rounds.map(({ came }) => came)), ...rows[0], rounds },
    })
    tell({
      name: 'the answer to another number under that flood',
      unit: 'ms',
      value: median(rounds.map(({ flooded }) => flooded.answer)),
      ratio: median(rounds.map(({ calm, flooded }) => flooded.answer / calm.answer)),
      baseline: 'the same without the flood',
    })
  } finally {
    await house.close()
    for (const pid of serverProcesses(dataOf(environment.DATA_DIR))) signal(pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

type Measured = { step: number; answer: number }
let texts = 0

/** Milliseconds a step takes from planned to handed over, and a text of another number until it is answered: the medians of some seconds. */
async function measure(house: House, town: Town, personId: string, seconds: number): Promise<Measured> {
  const steps: number[] = []
  const answers: number[] = []
  const until = performance.now() + seconds * aSecond
  while (performance.now() < until) {
    const begun = performance.now()
    await house.database.write(town.id, tx =>
      planMessage(tx, house, { personId, kind: 'step', event: 'received', body: 'استلمنا طلبك 1/2026.' }),
    )
    await sendDue(house, [town])
    const sent = performance.now()
    texts += 1
    const from = `+97059${String(1_000_000 + texts)}`
    const text = { ref: `other-${texts}`, from, to: '1771', text: 'سؤال', at: house.clock.now() }
    await takeIncoming(house, town, 'bench', text)
    steps.push(sent - begun)
    answers.push(performance.now() - sent)
    await pause(20)
  }
  return { step: median(steps), answer: median(answers) }
}

/** A thousand texts a second from one number, ten every ten milliseconds, until it is stopped; gives how many were taken in. */
function startFlood(house: House, town: Town): { stop(): Promise<number> } {
  let sent = 0
  const under: Promise<void>[] = []
  const began = performance.now()
  const timer = setInterval(() => {
    const due = performance.now() - began
    while (sent < due) {
      sent += 1
      texts += 1
      const text = { ref: `flood-${texts}`, from: flooder, to: '1771', text: 'فيض', at: house.clock.now() }
      under.push(takeIncoming(house, town, 'bench', text))
    }
  }, 10)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(under)
      return sent
    },
  }
}
