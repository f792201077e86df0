import { setTimeout as sleep } from 'node:timers/promises'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { tell } from '../bench/report.ts'
import { until } from './daemon.ts'
import { startBouncer } from './fronts.ts'
import { replicaAge } from './installation.ts'
import { urlOf } from './postgres.ts'
import { oldWords } from './readers.ts'
import { fileEverywhereAtOnce } from './same-key.ts'
import { failuresDuring, type Trial } from './trial.ts'
import { uploadInPieces } from './upload.ts'

/** Log-ins, live pages, uploads and keys hold whichever process answers. */
export async function overProcesses(trial: Trial): Promise<void> {
  const { installation, clients, readers, streams, say, wrong } = trial
  const { ground, nginx, web } = installation
  const ports = web.map(({ port }) => port)
  clients.begun.push('9999-0')
  await fileEverywhereAtOnce(ground, ports, '9999-0')
  const took = await uploadInPieces(ground, nginx.port)
  await until('a log-in is answered by every process', () => readers.by.size >= web.length)
  await until('every open page hears what other processes do', () => streams.every(({ heard }) => heard > 0))
  say(
    `one key sent to ${web.length} processes at once filed once; an upload in pieces went through ${took.length} of them`,
  )
  if (took.length < 2) wrong.push('an upload went through one process only: nothing is proved by it')
  const heard = new Set(streams.map(({ by }) => by))
  if (heard.size < 2) wrong.push('the open pages hang on one process only: nothing is proved by them')
}

/** Each web process is told to stop and replaced, one after the other, while everybody goes on. */
export async function roll(trial: Trial, rounds: number): Promise<void> {
  const { installation, say, wrong, streams } = trial
  const { web, startWeb } = installation
  const opened = streams.map(({ reopened }) => reopened)
  const why = new Map<string, number>()
  // What fails on this machine while nothing is done to it: on a busy one the database makes people wait too long.
  const quiet = await failuresDuring(trial, () => sleep(trial.quick ? 10_000 : 60_000))
  const { failed, said, answered } = await failuresDuring(trial, async () => {
    for (let round = 0; round < rounds; round++)
      for (const at of web.keys()) {
        const began = performance.now()
        await web[at]?.stop()
        for (const each of complaintsOf(web[at]?.said() ?? '')) why.set(each, (why.get(each) ?? 0) + 1)
        const stopped = performance.now()
        web[at] = await startWeb(at)
        const parts = [stopped - began, performance.now() - stopped].map(ms => (ms / 1000).toFixed(1))
        say(`web process ${at + 1} left in ${parts[0]} s, the next was ready in ${parts[1]} s`)
      }
    await until('every open page is open again', () => streams.every(({ open }) => open))
  })
  tell({
    name: 'web processes rolled, requests that failed',
    value: failed,
    unit: 'requests',
    ratio: failed,
    baseline: 'none of those answered meanwhile',
    goal: { ratio: 0 },
    details: {
      answered,
      processes: web.length * rounds,
      said: said.slice(0, 20),
      why: Object.fromEntries(why),
      'failed while nothing was done': quiet.failed,
      'answered while nothing was done': quiet.answered,
    },
  })
  for (const [each, times] of why) say(`${times} × ${each}`)
  for (const each of said.slice(0, 10)) say(`failed while rolling: ${each}`)
  if (quiet.failed > 0)
    say(`this machine is busy: ${quiet.failed} requests failed while nothing was done to it`)
  else if (failed > 0)
    wrong.push(`${failed} requests failed while web processes were replaced: ${said.slice(0, 5)}`)
  for (const { refused } of streams)
    if (refused.length > 0) wrong.push(`an open page was refused: ${refused}`)
  if (streams.every(({ reopened }, at) => reopened === opened[at]))
    wrong.push('no open page had to come back: nothing is proved by them')
}

/** What a process has complained of, as it words it in its log. */
function complaintsOf(log: string): string[] {
  return log.split('\n').flatMap(line => {
    try {
      const { msg, code, err } = JSON.parse(line) as Record<string, { message?: string } | string | undefined>
      return [[msg, code, typeof err === 'object' ? err.message : undefined].filter(Boolean).join(': ')]
    } catch {
      return line.startsWith('shubbak:') ? [line] : []
    }
  })
}

/** A worker is killed and none is started in its place for a while; the other takes up what it had in hand. */
export async function killWorker(trial: Trial): Promise<void> {
  const { installation, say } = trial
  const [victim] = installation.workers
  if (!victim) throw new Error('no worker to kill')
  await victim.kill()
  installation.workers.splice(0, 1)
  say('one worker was killed; the other goes on alone')
  await sleep(trial.quick ? 2_000 : 5_000)
}

/** After everything has ended: nothing waits under the name of a worker that is gone. */
export async function nothingStaysLocked({ installation, wrong }: Trial): Promise<void> {
  const left = await withClient(urlOf('admin', installation.primary.port), async client => {
    const waiting = async () =>
      (
        await client.query<{ n: number }>(
          `select count(*)::int as n from graphile_worker._private_jobs
            where locked_by is not null or (run_at <= now() and attempts < max_attempts)`,
        )
      ).rows[0]?.n ?? 0
    await until('the work that was planned is done', async () => (await waiting()) === 0, 180_000, 500).catch(
      () => {},
    )
    return waiting()
  })
  if (left > 0) wrong.push(`${left} jobs stay undone or in the hands of a dead worker`)
}

/** The replica falls behind, catches up, stops and comes back; pages go on, and say how old they are. */
export async function replicaAway(trial: Trial): Promise<void> {
  const { installation, readers, say, wrong } = trial
  const { replica, nginx, ground } = installation
  const asAdmin = (statement: string) =>
    withClient(urlOf('admin', replica.port), client => client.query(statement))
  const cookie = await ground.logIn({ staffId: ground.staff.officer.id })
  const look = async (more = '') => {
    const answer = await fetch(`http://127.0.0.1:${nginx.port}${fillAddress(addresses.openLooks, {})}`, {
      headers: { cookie: cookie + more },
    })
    return { old: (await answer.text()).includes(oldWords), status: answer.status }
  }
  const saysOld = async () => (await look()).old
  const { failed, said } = await failuresDuring(trial, async () => {
    await asAdmin('select pg_wal_replay_pause()')
    await until('a page says as of when it is', saysOld, 30_000)
    const act = await fetch(`http://127.0.0.1:${nginx.port}/uploads`, { method: 'POST', headers: { cookie } })
    const [wrote = ''] = /shubbak_wrote=\d+/.exec(act.headers.getSetCookie().join(' ')) ?? []
    if (wrote === '') wrong.push('an act left no note for the reads after it')
    if ((await look(`; ${wrote}`)).old)
      wrong.push('somebody who has just done something was shown an old page')
    if (!(await saysOld())) wrong.push('the old page was no longer old: nothing is proved by the new one')
    await until(
      'a replica that is too old is read no more',
      async () => !(await saysOld()),
      replicaAge * 3000,
    )
    await asAdmin('select pg_wal_replay_resume()')
    say(`behind, pages said as of when they were; behind by more than ${replicaAge} s, the primary was read`)
    await sleep(2_000)
    await replica.stop()
    const seen = readers.seen
    await until('pages go on without the replica', () => readers.seen > seen + 40, 60_000)
    await replica.start()
    await sleep(2_000)
    await asAdmin('select pg_wal_replay_pause()')
    await until('the replica that came back is read again', saysOld, 40_000)
    await asAdmin('select pg_wal_replay_resume()')
    say('without the replica pages went on; when it came back it was read again')
  })
  tell({
    name: 'replica behind, stopped and started, requests that failed',
    value: failed,
    unit: 'requests',
    ratio: failed,
    baseline: 'none of those answered meanwhile',
    goal: { ratio: 0 },
    details: { 'pages that said as of when': readers.old, said: said.slice(0, 20) },
  })
  if (failed > 0) wrong.push(`${failed} requests failed while the replica was away: ${said.slice(0, 5)}`)
}

/** The pooler is killed and started again: what was under way fails, and nothing that was acknowledged is lost. */
export async function restartBouncer(trial: Trial): Promise<void> {
  const { installation, clients, readers, say } = trial
  const { bouncer, folder, primary } = installation
  const { failed, value } = await failuresDuring(trial, async () => {
    await bouncer.daemon.stop('SIGKILL')
    const began = performance.now()
    installation.bouncer = await startBouncer(folder, primary.port, bouncer.port)
    const [filed, seen] = [clients.acknowledged.length, readers.seen]
    await until('filing goes on', () => clients.acknowledged.length > filed && readers.seen > seen)
    return (performance.now() - began) / 1000
  })
  say(`pgbouncer killed and started: filing again after ${value.toFixed(1)} s, ${failed} requests failed`)
  tell({
    name: 'pgbouncer killed and started, filing again',
    value,
    unit: 's',
    ratio: value / 15,
    baseline: '15 s',
    goal: { ratio: 1 },
    details: { failed },
  })
}
