import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { isServerOf, serverProcesses, signal } from '../../../src/platform/database/postgres/processes.ts'
import type { Town } from '../../../src/web/town.ts'
import { dataOf } from '../../bench/ground.ts'
import type { chanceOf } from '../chance.ts'
import { auditMessages, type Verdict } from './audit.ts'
import { type SmscProcess, startSmsc } from './smsc-process.ts'
import { type Ground, layGround, tagOf } from './town.ts'

/** Real processes: senders that are killed, two SMSCs with ledgers that live on, and PostgreSQL. */

export type ProcessOptions = {
  program: string
  folder: string
  chance: ReturnType<typeof chanceOf>
  say: (line: string) => void
}

/** `data` is where PostgreSQL kept the rows; no process may be left there. */
export type ProcessOutcome = Verdict & { kills: number; data: string }

const leaseMs = 700
const connected = { sender: 'TOWN', window: 20 }

type Stage = {
  ground: Ground
  data: string
  town: Town
  smscs: SmscProcess[]
  start(): Promise<ChildProcess>
}

async function withStage<T>(
  { program, folder }: ProcessOptions,
  name: string,
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  const ground = await layGround()
  const smscs = [await startSmsc(`${folder}/${name}-one`), await startSmsc(`${folder}/${name}-two`)]
  const children = new Set<ChildProcess>()
  try {
    const town = await ground.town()
    for (const [at, { port }] of smscs.entries())
      await ground.provider(town, {
        name: `smsc-${at}`,
        weight: at === 0 ? 60 : 40,
        settings: { host: '127.0.0.1', port, ...connected },
      })
    const start = async () => {
      const child = fork(program, [], {
        env: { PATH: process.env.PATH ?? '', LEASE_MS: String(leaseMs), ...ground.environment },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      children.add(child)
      child.once('exit', () => children.delete(child))
      await once(child, 'message')
      return child
    }
    const data = dataOf(ground.environment.DATA_DIR ?? '')
    return await work({ ground, data, town, smscs, start })
  } finally {
    for (const child of children) child.kill('SIGKILL')
    for (const smsc of smscs) await smsc.stop()
    await ground.clear()
  }
}

/** Whether the database took some more. */
const planned = ({ ground, town }: Pick<Stage, 'ground' | 'town'>, count = 10): Promise<boolean> =>
  ground.plan(town, count).then(
    () => true,
    () => false,
  )

/** Plans as fast as told until it is stopped; a database that is away for a moment is asked again. */
function keepPlanning({ ground, town }: Stage, everyMs: number, count: number) {
  let stopped = false
  const done = (async () => {
    while (!stopped) {
      await planned({ ground, town }, count)
      await sleep(everyMs)
    }
  })()
  return async () => {
    stopped = true
    await done
  }
}

const patienceMs = 120_000

/** Until a carrier took something more: what is done next meets a sender at work, however slow the machine. */
async function atWork({ smscs }: Stage): Promise<void> {
  const taken = async () => {
    const counts = await Promise.all(smscs.map(smsc => smsc.taken()))
    return counts.reduce((sum, count) => sum + count, 0)
  }
  const before = await taken()
  for (const until = performance.now() + patienceMs; (await taken()) === before; await sleep(50))
    if (performance.now() > until) throw new Error('nothing was sent for two minutes')
}

/** Lets everything that is due go out, then compares. */
async function settle(stage: Stage): Promise<Verdict> {
  const { ground, town, smscs, start } = stage
  const child = await start()
  // As long as anything moves: how fast that is, is the machine's.
  let waiting = Number.POSITIVE_INFINITY
  for (let still = 0; still < 60 && waiting > 0; still++) {
    await sleep(500)
    const left = (await ground.rows(town)).filter(({ state }) => state === 'planned').length
    if (left < waiting) still = 0
    waiting = left
  }
  await sleep(3_000)
  const gone = once(child, 'exit')
  child.send('stop')
  await gone
  const taken = smscs.flatMap(smsc => smsc.ledger().map(({ text }) => tagOf(text)))
  return auditMessages(await ground.rows(town), taken)
}

/** Kills the sender again and again while it sends, its reports doubled and in no order. */
export const killSenders = (options: ProcessOptions, kills: number): Promise<ProcessOutcome> =>
  withStage(options, 'kill', async stage => {
    const { chance, say } = options
    for (const smsc of stage.smscs) await smsc.behave({ reports: 'mad', delayMs: 3 })
    const stop = keepPlanning(stage, 100, 8)
    for (let kill = 1; kill <= kills; kill++) {
      const child = await stage.start()
      await atWork(stage)
      await sleep(chance.below(700))
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      if (kill % 25 === 0) say(`  ${kill} kills`)
    }
    await stop()
    return { ...(await settle(stage)), kills, data: stage.data }
  })

/** Stops the clock of a sender for longer than its lease, lets another take over, and lets the first go on. */
export const freezeSenders = (options: ProcessOptions, times: number): Promise<ProcessOutcome> =>
  withStage(options, 'freeze', async stage => {
    for (const smsc of stage.smscs) await smsc.behave({ delayMs: 3 })
    const stop = keepPlanning(stage, 40, 10)
    let first = await stage.start()
    for (let time = 1; time <= times; time++) {
      await atWork(stage)
      await sleep(options.chance.below(400))
      first.kill('SIGSTOP')
      const second = await stage.start()
      await atWork(stage)
      await sleep(leaseMs)
      first.kill('SIGCONT')
      await sleep(options.chance.below(500))
      const gone = once(first, 'exit')
      first.kill('SIGKILL')
      await gone
      first = second
    }
    const gone = once(first, 'exit')
    first.kill('SIGKILL')
    await gone
    await stop()
    return { ...(await settle(stage)), kills: times, data: stage.data }
  })

/** Kills PostgreSQL again and again under a sender that lives on: the whole of it, or one connection. */
export const killDatabase = (options: ProcessOptions, kills: number): Promise<ProcessOutcome> =>
  withStage(options, 'database', async stage => {
    const { chance } = options
    for (const smsc of stage.smscs) await smsc.behave({ delayMs: 3, reports: 'mad' })
    const stop = keepPlanning(stage, 40, 10)
    const child = await stage.start()
    const { data } = stage
    for (let kill = 1; kill <= kills; kill++) {
      // What was in memory goes out without a database too.
      for (const until = performance.now() + patienceMs; !(await planned(stage)); await sleep(100))
        if (performance.now() > until) throw new Error('the database did not come back for two minutes')
      await atWork(stage)
      await sleep(chance.below(800))
      const all = serverProcesses(data)
      const postmaster = all.filter(pid => isServerOf(pid, data))
      const backends = all.filter(pid => !postmaster.includes(pid))
      for (const pid of kill % 3 === 0 && backends.length > 0 ? [chance.pick(backends)] : postmaster)
        signal(pid, 'SIGKILL')
    }
    await sleep(2_000)
    await stop()
    const gone = once(child, 'exit')
    child.send('stop')
    await gone
    return { ...(await settle(stage)), kills, data: stage.data }
  })

/** Answers lost after the message was taken, and lines cut in between: for some seconds each, one SMSC after the other. */
export const loseAnswers = (options: ProcessOptions): Promise<ProcessOutcome> =>
  withStage(options, 'lose', async stage => {
    const [one, two] = stage.smscs
    for (const smsc of stage.smscs) await smsc.behave({ delayMs: 3, reports: 'once' })
    const stop = keepPlanning(stage, 40, 5)
    const child = await stage.start()
    await sleep(leaseMs + 1_000)
    for (const mode of ['cut', 'mute', 'dead'] as const) {
      await one?.behave({ mode })
      await sleep(4_000)
      await one?.behave({ mode: 'up' })
      await two?.behave({ mode })
      await sleep(4_000)
      await two?.behave({ mode: 'up' })
      await sleep(2_000)
    }
    await stop()
    const gone = once(child, 'exit')
    child.send('stop')
    await gone
    return { ...(await settle(stage)), kills: 0, data: stage.data }
  })
