import { spawnSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { addresses } from '../../src/lib/addresses.ts'
import { dataOf } from '../bench/ground.ts'
import { askReady } from './ready.ts'
import type { Script } from './results.ts'
import { onStage, type Stage, until } from './stage.ts'

/** Room left free in each mount before it is filled, in megabytes: some acts fit, then none. */
const room = { files: 4, database: 160 }

/** `npm run faults -- disk-full [--seconds 12]`: the disk of the files is full, then that of the database, while people file. */
export const diskFullScript: Script = {
  says: 'the files’ disk full, then the database’s (small tmpfs mounts), while people file',
  lacks() {
    if (process.platform !== 'linux') return 'it works on Linux alone'
    return process.getuid?.() === 0 ? undefined : 'run it as root: it mounts small disks (mount -t tmpfs)'
  },
  async play(setting) {
    const seconds = setting.number('seconds', 15, 5)
    const mounts: string[] = []
    return onStage(
      {
        program: await setting.program(),
        prepare(ground) {
          mounts.push(mountOver(join(ground.environment.DATA_DIR, 'files'), room.files))
          mounts.push(mountOver(dataOf(ground.environment.DATA_DIR), room.database))
        },
        leave() {
          for (const each of mounts) spawnSync('umount', ['-l', each])
        },
      },
      async stage => {
        const { ground, clients, server } = stage
        const wrong: string[] = []
        const figures: Record<string, number | string> = {}
        await until('the first filings', () => clients.acknowledged.length > 10)
        const cookie = await ground.logIn({ personId: ground.people[0]?.personId ?? '' })
        for (const [at, name] of (['files', 'database'] as const).entries()) {
          const give = fill(mounts[at] ?? '')
          const before = clients.acknowledged.length
          const seen = await whileFull(stage, cookie, name, seconds)
          const missing = (await askReady(server.port))?.missing
          setting.say(`${name} full: ${JSON.stringify(seen.counts)}, missing ${JSON.stringify(missing)}`)
          const during = clients.acknowledged.length - before
          give()
          wrong.push(...seen.wrong)
          if (!missing || missing.length === 0) wrong.push(`${name} full: /readyz does not say so`)
          await until(`${name}: ready again`, async () => (await askReady(server.port))?.ready === true)
          const again = clients.acknowledged.length
          await until(`${name}: acknowledged again`, () => clients.acknowledged.length > again + 5)
          if (name === 'database') wrong.push(...(await sentAgain(stage, cookie, seen.page)))
          figures[`${name} full`] =
            `${JSON.stringify(seen.counts)}; missing ${missing?.join(', ')}; ${during} acknowledged meanwhile`
        }
        const drafts = join(mounts[0] ?? '', 'drafts')
        const told = await stage.settle()
        const left = readdirSync(drafts)
        if (left.length > 0) wrong.push(`${left.length} files are left half-written`)
        return { ...told, kills: 0, wrong: [...wrong, ...told.wrong], figures }
      },
    )
  },
}

/** Puts a small disk in the place of a folder, with what the folder holds. */
function mountOver(folder: string, megabytes: number): string {
  const aside = `${folder}.aside`
  const { uid, gid, mode } = statSync(folder)
  renameSync(folder, aside)
  mkdirSync(folder)
  const used = Number(/^\d+/.exec(spawnSync('du', ['-sm', aside], { encoding: 'utf8' }).stdout)?.[0])
  const options = `size=${used + megabytes}m,uid=${uid},gid=${gid},mode=${(mode & 0o777).toString(8)}`
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`no small disk could be mounted: ${stderr}`)
  if (spawnSync('cp', ['-a', `${aside}/.`, folder]).status !== 0) cpSync(aside, folder, { recursive: true })
  rmSync(aside, { recursive: true, force: true })
  return folder
}

/** Takes all the room there is; gives what gives it back. */
function fill(mount: string): () => void {
  const ballast = join(mount, 'ballast')
  const file = openSync(ballast, 'w')
  for (let size = 1 << 20; size >= 4096; size /= 4)
    try {
      for (;;) writeSync(file, Buffer.alloc(size))
    } catch {
      // No room for a piece of this size: smaller ones.
    }
  closeSync(file)
  return () => rmSync(ballast)
}

type Seen = { counts: Record<string, number>; wrong: string[]; page: string }

const typed = {
  subject: 'طريق المدرسة',
  words: 'الطريق أمام المدرسة مكسور منذ أسبوع ولا يستطيع الأولاد المرور',
}

/** Somebody sends a form with what they wrote, again and again, until it is refused; what comes back must say why and hold it. */
async function whileFull({ server }: Stage, cookie: string, name: string, seconds: number): Promise<Seen> {
  const seen: Seen = { counts: {}, wrong: [], page: '' }
  const end = performance.now() + seconds * 1000
  for (
    let turn = 0;
    performance.now() < end || (name === 'database' && seen.page === '' && turn < 400);
    turn++
  ) {
    const answer = await send(server.port, cookie, { ...typed, _key: `form-${name}-${turn}-of-a-person` })
    const kind = String(answer.status)
    seen.counts[kind] = (seen.counts[kind] ?? 0) + 1
    if (answer.status === 503) {
      const isSaid = /امتلأ مكان الحفظ|قاعدة البيانات لا تجيب|الازدحام/.test(answer.html)
      const isKept = answer.html.includes(typed.words) && answer.html.includes('name="_key"')
      if (!isSaid || !isKept || answer.retryAfter === null)
        seen.wrong.push(`${name} full: a refusal does not say why, or lost what was typed`)
      else seen.page = answer.html
    } else if (answer.status !== 303)
      seen.wrong.push(`${name} full: a form was answered with ${answer.status}`)
  }
  if (name === 'database' && seen.page === '') seen.wrong.push('nobody was refused though the disk was full')
  return seen
}

/** The form of the refusal, sent on once there is room, is done; sent twice it is done once. */
async function sentAgain({ server, ground }: Stage, cookie: string, page: string): Promise<string[]> {
  const fields = Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name ?? '',
      value ?? '',
    ]),
  )
  const both = [await send(server.port, cookie, fields), await send(server.port, cookie, fields)]
  const key = String(fields._key)
  const kept = await ground.asOwner(
    async client =>
      (await client.query('select 1 from idempotency where key like $1', [`${key}.%`])).rowCount ?? 0,
  )
  return both.every(({ status }) => status === 303) && kept === 1
    ? []
    : [
        `a kept form was answered with ${both.map(({ status }) => status).join(', ')} and is there ${kept} times`,
      ]
}

async function send(port: number, cookie: string, fields: Record<string, string>) {
  const answer = await fetch(`http://127.0.0.1:${port}${addresses.myContact.pattern}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(40_000),
  }).catch(() => undefined)
  return {
    status: answer?.status ?? 0,
    html: (await answer?.text().catch(() => '')) ?? '',
    retryAfter: answer?.headers.get('retry-after') ?? null,
  }
}
