import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { migrate } from '../../../src/platform/database/migrate.ts'
import { withClient } from '../../../src/platform/database/pool.ts'
import { serverProcesses, signal } from '../../../src/platform/database/postgres/processes.ts'
import { type Postgres, startPostgres } from '../../../src/platform/database/postgres/supervisor.ts'
import { dataOf } from '../../bench/ground.ts'
import { startServer } from '../../bench/server.ts'
import { startClients } from '../clients.ts'
import type { Script } from '../results.ts'
import type { Setting } from '../setting.ts'
import { until } from '../stage.ts'
import { layWith, type OldGround } from '../versions/old-ground.ts'
import { checkOut, oldCommit } from '../versions/other.ts'
import { differences, pictureOfSchema } from './picture.ts'

/** What was in an old town must be in the new one: rows of these tables. */
const kept = ['request', 'person', 'message', 'receipt', 'audit', 'document', 'charge']

/** `npm run faults -- migrate [--from COMMIT] [--rounds 40]`: `migrate` and PostgreSQL killed at random moments of an upgrade of a filled town. */
export const migrateScript: Script = {
  says: '`migrate` and PostgreSQL killed at random moments while an old, filled town is brought to this schema',
  async play(setting) {
    const rounds = setting.number('rounds', 40, 3)
    const program = await setting.program()
    const commit = oldCommit(setting.word('from'))
    setting.say(`from ${commit.slice(0, 9)}`)
    const old = checkOut(commit)
    const ground = layWith(old)
    const postgres = await startPostgres({
      ...{ dataDir: ground.environment.DATA_DIR, systemDir: ground.environment.SYSTEM_DIR, hold: true },
    })
    try {
      await fillTown(ground, postgres, old.program, setting.quick ? 20 : 200)
      const wrong: string[] = []
      await migrate(on(postgres, 'fresh'), { now: new Date(), appPassword: postgres.appPassword })
      const fresh = await withClient(on(postgres, 'fresh'), pictureOfSchema)
      const before = await withClient(on(postgres, 'shubbak'), countRows)
      let kills = 0
      let steps = 0
      for (let round = 1; round <= rounds; round++) {
        const copy = `round_${round}`
        await asRoot(postgres, `create database ${copy} template shubbak strategy file_copy`)
        const done = await killUntilDone({ setting, postgres, copy, program, ground })
        kills += done.kills
        steps += done.runs
        if (done.said !== '') wrong.push(`round ${round}: ${done.said}`)
        const picture = await withClient(on(postgres, copy), pictureOfSchema)
        wrong.push(...differences(picture, fresh).map(each => `round ${round}: ${each}`))
        const after = await withClient(on(postgres, copy), countRows)
        if (after !== before) wrong.push(`round ${round}: rows were ${before}, are ${after}`)
        await asRoot(postgres, `drop database ${copy} with (force)`)
        if (round % 10 === 0 || round === rounds) setting.say(`${round} rounds, ${kills} kills`)
      }
      return {
        ...{ kills, acknowledged: rounds, lost: [], doubled: [], wrong },
        figures: { 'rows before and after': before, 'runs of migrate': steps, lines: fresh.length },
      }
    } finally {
      await postgres.stop()
      ground.clear()
      old.clear()
    }
  },
}

const on = ({ ownerUrl }: Postgres, name: string) => ownerUrl.replace(/[^/]*$/, name)

const asRoot = (postgres: Postgres, statement: string) =>
  withClient(on(postgres, 'postgres'), client => client.query(statement))

/** People file and pay at the old version for a while. */
async function fillTown(ground: OldGround, postgres: Postgres, program: string, acts: number): Promise<void> {
  const environment = {
    ...ground.environment,
    ...{ DATABASE_URL: postgres.appUrl, DATABASE_OWNER_URL: postgres.ownerUrl },
  }
  const server = await startServer('serve', environment, { program })
  const clients = startClients(ground, server.port, 6)
  try {
    await until('the old town is filled', () => clients.acknowledged.length >= acts, 300_000)
    clients.finish()
    await clients.finished
  } finally {
    await server.stop()
  }
}

async function countRows(client: pg.Client): Promise<string> {
  const { rows } = await client.query(
    `select concat_ws(', ', ${kept.map(table => `'${table} ' || (select count(*) from ${table})`).join(', ')}) as counts`,
  )
  return String(rows[0]?.counts)
}

type Round = { setting: Setting; postgres: Postgres; copy: string; program: string; ground: OldGround }

/** Each round is killed some times: `migrate` itself, or all of PostgreSQL under it; then it is let go on to its end. */
async function killUntilDone({ setting, postgres, copy, program, ground }: Round) {
  const { chance } = setting
  const most = 1 + chance.below(3)
  let kills = 0
  for (let runs = 1; ; runs++) {
    const child = spawn(process.execPath, [program, 'migrate'], {
      env: {
        ...{ PATH: process.env.PATH ?? '', NODE_ENV: 'production', LOG_LEVEL: 'silent' },
        ...ground.environment,
        ...{ DATABASE_URL: on(postgres, copy), DATABASE_OWNER_URL: on(postgres, copy) },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    // Not while the program begins, but from the first migration on.
    const atWork = new Promise<void>(resolve => {
      child.stdout.on('data', chunk => {
        said += chunk
        if (said.includes('migration ')) resolve()
      })
    })
    child.stderr.on('data', chunk => {
      said += chunk
    })
    const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
    if (kills < most) {
      await Promise.race([atWork, ended])
      await Promise.race([sleep(chance.below(600)), ended])
      if (child.exitCode === null) {
        kills += 1
        if (chance.below(3) === 0)
          for (const pid of serverProcesses(dataOf(ground.environment.DATA_DIR))) signal(pid, 'SIGKILL')
        else child.kill('SIGKILL')
      }
    }
    const code = await ended
    await until('PostgreSQL answers', () =>
      withClient(on(postgres, 'postgres'), client => client.query('select 1')).then(
        () => true,
        () => false,
      ),
    )
    if (code === 0) return { kills, runs, said: '' }
    if (kills >= most && runs > most + 3) return { kills, runs, said: said.slice(-400) }
  }
}
