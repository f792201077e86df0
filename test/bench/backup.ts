import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import {
  allBases,
  letCommitsWait,
  reachesEnd,
  receiveWal,
  recover,
  takeBase,
} from '../../src/platform/backup/index.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { startPostgres } from '../../src/platform/database/postgres/supervisor.ts'
import { ensureDatabase } from '../../src/platform/database/roles.ts'
import { median, note, tell } from './report.ts'

const commits = 300

/**
 * The physical backup of a cluster of some size, in the clear and sealed, against a plain copy of its folder; what the second copy costs an
 * act (one row, one commit), followed and waited for; and how long it takes to come back.
 */
export async function benchBackup(quick: boolean): Promise<void> {
  const rows = quick ? 400_000 : 2_000_000
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-bench-backup-'))
  chmodSync(folder, 0o755)
  const systemDir = join(folder, 'system')
  const postgres = await startPostgres({ dataDir: join(folder, 'data'), systemDir, hold: true })
  const root = join(folder, 'backups')
  try {
    await ensureDatabase(postgres.ownerUrl)
    await withClient(postgres.ownerUrl, client =>
      client.query(`create table filled (n int primary key, word text, answers jsonb);
        insert into filled select n, md5(n::text), jsonb_build_object('parcel', n, 'text', repeat(md5((n / 7)::text), 8)) from generate_series(1, ${rows}) n;
        create table act (n bigserial primary key, word text); checkpoint`),
    )
    await measureCommits(postgres.ownerUrl, root)
    const size = Number(execFileSync('du', ['-sb', postgres.data], { encoding: 'utf8' }).split('\t')[0])
    const copy = seconds(() => {
      execFileSync('cp', ['-r', postgres.data, join(folder, 'copy')])
      execFileSync('sync', ['-f', folder])
    })
    rmSync(join(folder, 'copy'), { recursive: true })
    const recipient = await identityToRecipient(await generateX25519Identity())
    for (const [name, recipients] of [
      ['sealed', [recipient]],
      ['in the clear', []],
    ] as const) {
      const began = performance.now()
      const { base } = await takeBase({
        url: postgres.ownerUrl,
        root,
        recipients,
        clock: systemClock,
        told: {},
      })
      const took = (performance.now() - began) / 1000
      note(`${(base.bytes / 1e6).toFixed(0)} MB packed into ${(base.tar.bytes / 1e6).toFixed(0)} MB`)
      tell({
        name: `backup: base backup ${name}`,
        value: base.bytes / 1e6 / took,
        unit: 'MB/s',
        ratio: base.bytes / took / (size / copy),
        baseline: 'a copy of the folder, synced',
        details: { bytes: base.bytes, packed: base.tar.bytes, seconds: took },
      })
    }
    const receiver = await follow(postgres.ownerUrl, root, 0)
    await withClient(postgres.ownerUrl, client => client.query('select pg_switch_wal()'))
    const newest = allBases(root).at(-1)?.folder ?? ''
    while (!reachesEnd(root, newest)) await sleep(100)
    await receiver.stop()
    const began = performance.now()
    await recover({
      root,
      dataDir: join(folder, 'again'),
      systemDir,
      identity: undefined,
      until: undefined,
      survivingWal: undefined,
      check() {},
      say: note,
    })
    const took = (performance.now() - began) / 1000
    tell({
      name: 'backup: restored',
      value: took,
      unit: 's',
      ratio: took / copy,
      baseline: 'a copy of the folder, synced',
      details: { bytes: size },
    })
  } finally {
    await postgres.stop()
    rmSync(dirname(postgres.data), { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  }
}

const follow = (url: string, root: string, gatherMs: number) =>
  receiveWal({ url, root, recipients: [], gatherMs, onProgress() {} })

function seconds(work: () => void): number {
  const began = performance.now()
  work()
  return (performance.now() - began) / 1000
}

/** One row, one commit, alone, followed and waited for in turns. */
async function measureCommits(url: string, root: string): Promise<void> {
  const took: Record<'alone' | 'followed' | 'waited for', number[]> = {
    alone: [],
    followed: [],
    'waited for': [],
  }
  for (let round = 0; round < 3; round++) {
    took.alone.push(await commitMs(url))
    const followed = await follow(url, root, 200)
    took.followed.push(await commitMs(url))
    await followed.stop()
    const waited = await follow(url, root, 0)
    await letCommitsWait(url, true)
    took['waited for'].push(await commitMs(url))
    await letCommitsWait(url, false)
    await waited.stop()
  }
  const alone = median(took.alone)
  for (const way of ['followed', 'waited for'] as const)
    tell({
      name: `backup: a commit ${way}`,
      value: median(took[way]),
      unit: 'ms',
      ratio: median(took[way]) / alone,
      baseline: 'a commit nobody follows',
    })
}

const commitMs = (url: string) =>
  withClient(url, async client => {
    const times: number[] = []
    for (let at = 0; at < commits; at++) {
      const began = performance.now()
      await client.query(`insert into act (word) values ('x')`)
      times.push(performance.now() - began)
    }
    return median(times)
  })
