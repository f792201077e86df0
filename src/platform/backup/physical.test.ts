import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { withClient } from '../database/pool.ts'
import { serverProcesses, signal, waitUntil } from '../database/postgres/processes.ts'
import { type Postgres, startPostgres } from '../database/postgres/supervisor.ts'
import { ensureDatabase } from '../database/roles.ts'
import { takeBase } from './base.ts'
import { walFolder, walOf } from './place.ts'
import { type Receiver, receiveWal, slotName } from './receive.ts'
import { recover } from './recover.ts'

const systemDir = mkdtempSync(join(tmpdir(), 'shubbak-system-'))
chmodSync(systemDir, 0o755)
afterAll(() => rmSync(systemDir, { recursive: true, force: true }))
// Each makes two clusters or three.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })
const folders: string[] = []
const ending: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-physical-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)

async function start(dataDir: string): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, systemDir, hold: true, settings: { fsync: 'off' } })
  ending.push(async () => {
    await postgres.stop()
    rmSync(dirname(postgres.data), { recursive: true, force: true })
  })
  await ensureDatabase(postgres.ownerUrl)
  return postgres
}

async function follow(
  postgres: Postgres,
  root: string,
  recipients: string[],
  gatherMs = 0,
): Promise<Receiver> {
  const receiver = await receiveWal({ url: postgres.ownerUrl, root, recipients, gatherMs, onProgress() {} })
  ending.push(() => receiver.stop())
  return receiver
}

const ask = (postgres: Postgres, question: string) =>
  withClient(postgres.ownerUrl, async client => (await client.query(question)).rows)
const base = ({ ownerUrl: url }: Postgres, root: string, recipients: string[] = []) =>
  takeBase({ url, root, recipients, clock: systemClock, told: {} })

/** Until the folder of backups has all that the database wrote. */
async function caughtUp(postgres: Postgres): Promise<void> {
  await expect
    .poll(
      async () => {
        const rows = await ask(
          postgres,
          `select 1 from pg_stat_replication where application_name = '${slotName}' and flush_lsn >= pg_current_wal_lsn()`,
        )
        return rows.length
      },
      { timeout: 20_000 },
    )
    .toBe(1)
}

/** The machine burns down: every process is killed, the data is gone. */
async function burn(postgres: Postgres): Promise<void> {
  const { data } = postgres
  for (const pid of serverProcesses(data)) signal(pid, 'SIGKILL')
  await waitUntil(() => serverProcesses(data).length === 0, 5000)
  await postgres.stop()
  rmSync(dirname(data), { recursive: true, force: true })
}

const restoring = (
  root: string,
  dataDir: string,
  more: { identity?: string; until?: Date; survivingWal?: string } = {},
) =>
  recover({
    root,
    dataDir,
    systemDir,
    identity: undefined,
    until: undefined,
    survivingWal: undefined,
    check() {},
    say() {},
    ...more,
  })

describe.each([
  ['in the clear', [] as string[]],
  ['sealed', [recipient]],
])('a physical backup %s', (_, recipients) => {
  test('brings back every row that had come when the machine was lost, over several segments', async () => {
    const [root, dataDir, other] = [newFolder(), join(newFolder(), 'data'), join(newFolder(), 'data')]
    const key = join(newFolder(), 'key')
    writeFileSync(key, `# made for a test\n${identity}\n`)
    const postgres = await start(dataDir)
    await follow(postgres, root, recipients)
    await ask(postgres, 'create table kept (n int primary key, word text)')
    await base(postgres, root, recipients)
    await ask(
      postgres,
      `insert into kept select n, repeat(md5(n::text), 30) from generate_series(1, 30000) n`,
    )
    await ask(postgres, 'select pg_switch_wal()')
    await ask(postgres, `insert into kept values (0, 'last')`)
    await caughtUp(postgres)
    await ending.pop()?.()
    await burn(postgres)
    const { reached } = await restoring(root, other, { identity: key })
    expect(reached).toBeInstanceOf(Date)
    const again = await start(other)
    expect(await ask(again, 'select count(*)::int as n, min(word) as word from kept where n >= 0')).toEqual([
      { n: 30001, word: expect.any(String) },
    ])
    expect(await ask(again, 'select word from kept where n = 0')).toEqual([{ word: 'last' }])
  })
})

describe('a physical backup', () => {
  test('goes back to an instant, and keeps what stood then alone', async () => {
    const [root, dataDir, other] = [newFolder(), join(newFolder(), 'data'), join(newFolder(), 'data')]
    const postgres = await start(dataDir)
    await follow(postgres, root, [])
    await ask(postgres, 'create table kept (word text)')
    await base(postgres, root)
    await ask(postgres, `insert into kept values ('good')`)
    const [{ at }] = (await ask(postgres, 'select clock_timestamp() as at')) as [{ at: Date }]
    // What comes now happens in another millisecond, which is as finely as an instant is told.
    const later = `select date_trunc('milliseconds', clock_timestamp()) > '${at.toISOString()}' as later`
    await expect.poll(() => ask(postgres, later)).toEqual([{ later: true }])
    await ask(postgres, 'delete from kept')
    await ask(postgres, `insert into kept values ('wrong')`)
    await caughtUp(postgres)
    await expect(
      restoring(root, join(newFolder(), 'data'), { until: new Date('2001-01-01') }),
    ).rejects.toThrow(/^The oldest base backup in .* is of .*, after 2001-01-01/)
    await expect(
      restoring(root, join(newFolder(), 'data'), { until: new Date('2101-01-01') }),
    ).rejects.toThrow(
      'The log ends before 2101-01-01T00:00:00.000Z: leave out --until for the newest there is',
    )
    await restoring(root, other, { until: at })
    expect(await ask(await start(other), 'select word from kept')).toEqual([{ word: 'good' }])
  })

  test('goes on without a gap where it was broken off, and begins anew where the log is gone', async () => {
    const [root, dataDir, other] = [newFolder(), join(newFolder(), 'data'), join(newFolder(), 'data')]
    const postgres = await start(dataDir)
    const first = await follow(postgres, root, [])
    await ask(postgres, 'create table kept (n int)')
    await base(postgres, root)
    await ask(postgres, 'insert into kept values (1)')
    await caughtUp(postgres)
    await first.stop()
    await ask(postgres, 'insert into kept values (2)')
    const second = await follow(postgres, root, [])
    expect(second.from).toBe(first.from)
    await ask(postgres, 'insert into kept values (3)')
    await caughtUp(postgres)
    await second.stop()
    await restoring(root, other)
    expect(await ask(await start(other), 'select n from kept order by n')).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ])
    await ask(postgres, `select pg_drop_replication_slot('${slotName}')`)
    await ask(
      postgres,
      'select pg_switch_wal(); insert into kept values (4); select pg_switch_wal(); checkpoint',
    )
    const third = await follow(postgres, root, [])
    expect(third.from).toBeGreaterThan(first.from)
  })

  test('takes from the dead cluster what had not been sent, where its disk can still be read', async () => {
    const [root, dataDir, other] = [newFolder(), join(newFolder(), 'data'), join(newFolder(), 'data')]
    const postgres = await start(dataDir)
    const receiver = await follow(postgres, root, [])
    await ask(postgres, 'create table kept (word text)')
    await base(postgres, root)
    await caughtUp(postgres)
    await receiver.stop()
    await ask(postgres, `insert into kept values ('not sent')`)
    await restoring(root, other, { survivingWal: join(postgres.data, 'pg_wal') })
    expect(await ask(await start(other), 'select word from kept')).toEqual([{ word: 'not sent' }])
  })

  test('that is damaged, sealed for another or not there is refused by name, and nothing is left', async () => {
    const [root, dataDir, other] = [newFolder(), join(newFolder(), 'data'), join(newFolder(), 'data')]
    await expect(restoring(root, other)).rejects.toThrow(`There is no finished base backup in ${root}`)
    const postgres = await start(dataDir)
    const { line } = await follow(postgres, root, [])
    const { folder } = await base(postgres, root, [recipient])
    await caughtUp(postgres)
    await expect(restoring(root, other)).rejects.toThrow(
      /backup_manifest.zst.age is sealed: name the file .* --identity/,
    )
    const key = join(newFolder(), 'key')
    writeFileSync(key, await generateX25519Identity())
    await expect(restoring(root, other, { identity: key })).rejects.toThrow(/cannot be opened: /)
    writeFileSync(key, identity)
    const tar = join(folder, 'base.tar.zst.age')
    const bytes = readFileSync(tar)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(tar, bytes)
    await expect(restoring(root, other, { identity: key })).rejects.toThrow(`${tar} is damaged`)
    rmSync(tar)
    await base(postgres, root)
    await ask(postgres, 'create table late (n int); select pg_switch_wal()')
    await caughtUp(postgres)
    for (const name of walOf(root, line).whole.values()) rmSync(join(walFolder(root, line), name))
    await expect(restoring(root, other)).rejects.toThrow(/The log is not there to where the base backup/)
    const { data } = JSON.parse(readFileSync(join(other, 'postgres.json'), 'utf8'))
    expect(existsSync(data)).toBe(false)
    expect(existsSync(`${data}.restoring`)).toBe(false)
    expect(readdirSync(tmpdir()).filter(name => name.startsWith('shubbak-restore-'))).toEqual([])
  })
})
