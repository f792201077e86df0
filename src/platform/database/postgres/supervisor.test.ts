import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { withClient } from '../pool.ts'
import { ensureDatabase } from '../roles.ts'
import { isServerOf, serverProcesses, signal, waitUntil } from './processes.ts'
import { type Postgres, startPostgres } from './supervisor.ts'

const systemDir = mkdtempSync(join(tmpdir(), 'shubbak-system-'))
chmodSync(systemDir, 0o755)
const folders: string[] = []
const running: Postgres[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-supervisor-'))
  folders.push(folder)
  chmodSync(folder, 0o755)
  return folder
}

async function start(folder: string, hold: boolean): Promise<Postgres> {
  const postgres = await startPostgres({
    dataDir: join(folder, 'closed', 'data'),
    systemDir,
    hold,
    settings: { fsync: 'off' },
  })
  running.push(postgres)
  return postgres
}

const ask = async (postgres: Postgres, question: string) => {
  await ensureDatabase(postgres.ownerUrl)
  return withClient(postgres.ownerUrl, async client => (await client.query(question)).rows)
}

afterEach(async () => {
  for (const postgres of running.splice(0)) {
    await postgres.stop()
    const { data } = postgres
    for (const pid of serverProcesses(data)) signal(pid, 'SIGKILL')
    await waitUntil(() => serverProcesses(data).length === 0, 5000)
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

afterAll(() => rmSync(systemDir, { recursive: true, force: true }))

describe('the embedded PostgreSQL', () => {
  test('keeps its rows over a stop and a start, in a folder that only its owner can enter', async () => {
    const folder = newFolder()
    const first = await start(folder, true)
    chmodSync(join(folder, 'closed'), 0o700)
    await ask(first, 'create table kept (word text); insert into kept values ($$شُبّاك$$)')
    await first.stop()
    expect(isServerOf(first.pid(), first.data)).toBe(false)
    const second = await start(folder, true)
    expect(await ask(second, 'select word from kept')).toEqual([{ word: 'شُبّاك' }])
  })

  test('is UTF-8 with the built-in order whatever the language of the machine', async () => {
    const postgres = await start(newFolder(), true)
    const [found] = await ask(
      postgres,
      `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale
       from pg_database where datname = current_database()`,
    )
    expect(found).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' })
  })

  test('does not run as root, and lets nobody in without the password', async () => {
    const postgres = await start(newFolder(), true)
    expect(statSync(`/proc/${postgres.pid()}`).uid).not.toBe(0)
    const url = new URL(postgres.ownerUrl)
    url.password = 'guessed'
    url.pathname = '/postgres'
    await expect(withClient(url.href, async () => {})).rejects.toThrow(/password authentication failed/)
  })

  test('is adopted when the process that started it is gone', async () => {
    const folder = newFolder()
    const first = await start(folder, false)
    const second = await start(folder, true)
    expect(second.adopted).toBe(true)
    expect(second.pid()).toBe(first.pid())
  })

  test('is left running by a process that only borrowed it', async () => {
    const folder = newFolder()
    const owner = await start(folder, true)
    const borrower = await start(folder, false)
    await borrower.stop()
    expect(isServerOf(owner.pid(), owner.data)).toBe(true)
  })

  test('is started again when it is killed while we run', async () => {
    const postgres = await start(newFolder(), true)
    await ask(postgres, 'create table kept (n int); insert into kept values (1)')
    const killed = postgres.pid()
    signal(killed, 'SIGKILL')
    expect(await waitUntil(() => postgres.pid() !== killed, 20_000)).toBe(true)
    expect(await ask(postgres, 'select n from kept')).toEqual([{ n: 1 }])
  })

  test('starts after a kill that left a busy backend behind', async () => {
    const folder = newFolder()
    const first = await start(folder, false)
    await ensureDatabase(first.ownerUrl)
    const busy = withClient(first.ownerUrl, client =>
      client.query('do $$ begin loop perform 1; end loop; end $$'),
    ).catch(() => {})
    const isBusy = async () =>
      (await ask(first, "select 1 from pg_stat_activity where query like 'do %' and state = 'active'"))
        .length > 0
    while (!(await isBusy())) {}
    signal(first.pid(), 'SIGKILL')
    await waitUntil(() => !isServerOf(first.pid(), first.data), 5000)
    expect(serverProcesses(first.data)).not.toEqual([])
    const second = await start(folder, true)
    expect(await ask(second, 'select 1 as one')).toEqual([{ one: 1 }])
    await busy
  })

  test.each([
    ['is empty', ''],
    ['names a process that is another program', String(process.pid)],
    ['names a process that is gone', '4194303'],
  ])('starts over a postmaster.pid that %s', async (_what, pid) => {
    const folder = newFolder()
    const first = await start(folder, true)
    await first.stop()
    const note = pid && `${pid}\n${first.data}\n1\n5432\n\n127.0.0.1\n        0         0\nready   \n`
    writeFileSync(join(first.data, 'postmaster.pid'), note)
    const second = await start(folder, true)
    expect(second.adopted).toBe(false)
    expect(await ask(second, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('throws away a data folder that was only half made', async () => {
    const folder = newFolder()
    const first = await start(folder, true)
    await first.stop()
    rmSync(first.data, { recursive: true })
    mkdirSync(`${first.data}.draft/base`, { recursive: true })
    writeFileSync(`${first.data}.draft/PG_VERSION`, '18')
    const second = await start(folder, true)
    expect(await ask(second, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('refuses a second program on the same folder, in one line', async () => {
    const folder = newFolder()
    await start(folder, true)
    await expect(start(folder, true)).rejects.toThrow(/is held by this process already/)
  })

  test.runIf(process.getuid?.() === 0)(
    'refuses a copy of a data folder of root, which would share its rows',
    async () => {
      const folder = newFolder()
      await start(folder, false)
      cpSync(join(folder, 'closed', 'data'), join(folder, 'copy', 'data'), { recursive: true })
      const copied = startPostgres({
        dataDir: join(folder, 'copy', 'data'),
        systemDir,
        hold: false,
      })
      await expect(copied).rejects.toThrow(/is a copy of/)
    },
  )
})
