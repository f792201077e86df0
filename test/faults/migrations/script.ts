import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { migrate } from '../../../src/platform/database/migrate.ts'
import { withClient } from '../../../src/platform/database/pool.ts'
import { serverProcesses, signal } from '../../../src/platform/database/postgres/processes.ts'
import { type Postgres, startPostgres } from '../../../src/platform/database/postgres/supervisor.ts'
import { projectRoot } from '../../../src/platform/root.ts'
import { dataOf } from '../../bench/ground.ts'
import { startServer } from '../../bench/server.ts'
import { type Bar, startBar } from '../bar.ts'
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
      dataDir: ground.environment.DATA_DIR,
      systemDir: ground.environment.SYSTEM_DIR,
      hold: true,
    })
    let bar: Bar | undefined
    try {
      await fillTown(ground, postgres, old.program, setting.quick ? 20 : 200)
      const wrong: string[] = []
      await migrate(on(postgres, 'fresh'), { now: new Date(), appPassword: postgres.appPassword })
      const fresh = await withClient(on(postgres, 'fresh'), pictureOfSchema)
      const before = await withClient(on(postgres, 'shubbak'), countRows)
      const pending = migrationsIn(projectRoot) - migrationsIn(old.folder)
      let kills = 0
      let runs = 0
      bar = startBar(rounds)
      for (let round = 1; round <= rounds; round++) {
        const copy = `round_${round}`
        await asRoot(postgres, `create database ${copy} template shubbak strategy file_copy`)
        const done = await killUntilDone({ setting, postgres, copy, program, ground, pending })
        kills += done.kills
        runs += done.runs
        if (done.said !== '') wrong.push(`round ${round}: ${done.said}`)
        const picture = await withClient(on(postgres, copy), pictureOfSchema)
        wrong.push(...differences(picture, fresh).map(each => `round ${round}: ${each}`))
        const after = await withClient(on(postgres, copy), countRows)
        if (after !== before) wrong.push(`round ${round}: rows were ${before}, are ${after}`)
        await asRoot(postgres, `drop database ${copy} with (force)`)
        bar.reached(round, `${kills} kills`)
      }
      if (kills < rounds / 3) wrong.push(`${kills} kills in ${rounds} rounds: too little was tried`)
      return {
        kills,
        acknowledged: rounds,
        lost: [],
        doubled: [],
        wrong,
        figures: {
          'rows before and after': before,
          'migrations to run': pending,
          'runs of migrate': runs,
          'lines of schema compared': fresh.length,
        },
      }
    } finally {
      bar?.stop()
      await postgres.stop()
      ground.clear()
      old.clear()
    }
  },
}

const migrationsIn = (folder: string): number =>
  readdirSync(join(folder, 'migrations')).filter(name => name.endsWith('.sql')).length

const on = ({ ownerUrl }: Postgres, name: string) => ownerUrl.replace(/[^/]*$/, name)

const asRoot = (postgres: Postgres, statement: string) =>
  withClient(on(postgres, 'postgres'), client => client.query(statement))

/** People file and pay at the old version for a while. */
async function fillTown(ground: OldGround, postgres: Postgres, program: string, acts: number): Promise<void> {
  const environment = {
    ...ground.environment,
    DATABASE_URL: postgres.appUrl,
    DATABASE_OWNER_URL: postgres.ownerUrl,
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

type Round = {
  setting: Setting
  postgres: Postgres
  copy: string
  program: string
  ground: OldGround
  /** How many migrations there are to run. */
  pending: number
}

/** A migration takes so long, or a little more: it is killed before, in and behind its midst. */
const migrationMs = 20

/** Each round is killed some times: `migrate` itself, or all of PostgreSQL under it; then it is let go on to its end. */
async function killUntilDone(round: Round) {
  const { setting, postgres, pending } = round
  const { chance } = setting
  const most = 1 + chance.below(3)
  let kills = 0
  let begun = 0
  for (let runs = 1; ; runs++) {
    const left = Math.max(1, pending - begun)
    // Not the last ones: by the time the signal arrives there must be something left to break off.
    const migration = 1 + chance.below(Math.ceil(left / 2))
    const run = await migrateKilled(
      round,
      kills < most ? { migration, ms: chance.below(migrationMs) } : undefined,
    )
    if (run.killed && run.code !== 0) kills += 1
    // The one that was killed in its midst begins anew.
    begun += Math.max(0, run.begun - 1)
    await until('PostgreSQL answers', () =>
      withClient(on(postgres, 'postgres'), client => client.query('select 1')).then(
        () => true,
        () => false,
      ),
    )
    if (run.code === 0) return { kills, runs, said: '' }
    if (runs > most + 6) return { kills, runs, said: run.said.slice(-400) }
  }
}

/** One run of `migrate`, killed so many milliseconds into a migration of it, or let go on to its end. */
async function migrateKilled(
  { setting, postgres, copy, program, ground }: Round,
  at: { migration: number; ms: number } | undefined,
) {
  const child = spawn(process.execPath, [program, 'migrate'], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      LOG_LEVEL: 'silent',
      ...ground.environment,
      DATABASE_URL: on(postgres, copy),
      DATABASE_OWNER_URL: on(postgres, copy),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const begun = () => said.match(/^migration /gm)?.length ?? 0
  const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
  const reached = new Promise<void>(resolve =>
    child.stdout.on('data', chunk => {
      said += chunk
      if (at && begun() >= at.migration) resolve()
    }),
  )
  child.stderr.on('data', chunk => {
    said += chunk
  })
  let killed = false
  if (at) {
    await Promise.race([reached, ended])
    await Promise.race([sleep(at.ms), ended])
    killed = child.exitCode === null
    if (killed && setting.chance.below(3) === 0)
      for (const pid of serverProcesses(dataOf(ground.environment.DATA_DIR))) signal(pid, 'SIGKILL')
    else if (killed) child.kill('SIGKILL')
  }
  return { code: await ended, killed, begun: begun(), said }
}
