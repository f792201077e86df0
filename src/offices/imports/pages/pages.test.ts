import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aPerson, aStaffMember, logInAs } from '../../../../test/builders/people.ts'
import { encodeArabic } from '../../../../test/builders/windows-1256.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { runDueJobs } from '../../../platform/jobs/index.ts'
import { lookRoutes } from '../../looks/index.ts'
import { importJobs, importRoutes } from '../index.ts'
import { anImportingTown } from '../testing/bench.ts'

const db = await testDatabase()

async function aDesk() {
  const town = await anImportingTown(db)
  const { house, place } = town
  const { knock } = aDoor(house, [...importRoutes, ...lookRoutes])
  const second = await aStaffMember(place, 'manager')
  const cookies = {
    treasurer: await logInAs(place, { staffId: town.treasurer.id }),
    clerk: await logInAs(place, { staffId: (await aStaffMember(place, 'clerk')).id }),
    second: await logInAs(place, { staffId: second.id }),
  }
  const prefix = `/~${town.town.slug}`
  const ask = async (
    path: string,
    over: {
      form?: Record<string, string> | [string, string][]
      file?: Buffer
      by?: keyof typeof cookies
    } = {},
  ) => {
    const { form, file, by = 'treasurer' } = over
    let body: FormData | string | undefined
    if (file) {
      body = new FormData()
      body.append('file', new Blob([new Uint8Array(file)]), 'مشتركون.csv')
      for (const [name, value] of Object.entries(form ?? {})) body.append(name, String(value))
    } else if (form) body = new URLSearchParams(form as Record<string, string>).toString()
    const answer = await knock(path.startsWith('/~') ? path : prefix + path, {
      ...(body !== undefined && { body }),
      ...(typeof body === 'string' && { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      cookie: cookies[by],
    })
    const html = await answer.text()
    const text = html
      .replace(/<head>.*?<\/head>/s, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
    return { status: answer.status, location: answer.headers.get('location') ?? '', html, text, answer }
  }
  const jobs = () =>
    runDueJobs({ house, jobs: importJobs, url: db.ownerUrl, towns: async () => [town.town.id] })
  const path = (address: Parameters<typeof townUrl>[1], params = {}) =>
    townUrl({ prefix: '' }, address, params as never)
  /** A file of many, from the question what for to its link: asked for by the treasurer, released by another. */
  const release = async (file: string): Promise<string> => {
    const asks = await ask(file)
    expect(asks.answer.headers.get('content-type')).toContain('text/html')
    const form = { file: /name="file" value="([^"]+)"/.exec(asks.html)?.[1] ?? '' }
    const releases = path(addresses.releases)
    expect((await ask(releases, { form: { ...form, why: 'لأن' } })).status).toBe(422)
    const why = 'تصحيح الصفوف في برنامج الفوترة'
    expect((await ask(releases, { form: { ...form, why } })).status).toBe(303)
    const { release_id } = await db.owner
      .selectFrom('look_release')
      .select('release_id')
      .where('municipality_id', '=', place.town)
      .where('decided_at', 'is', null)
      .executeTakeFirstOrThrow()
    const link = `${file}?release=${release_id}`
    expect((await ask(link)).status).toBe(403)
    const decision = path(addresses.release, { release: release_id })
    expect((await ask(decision, { form: { do: 'approve' } })).status).toBe(403)
    expect((await ask(decision, { form: { do: 'approve' }, by: 'second' })).status).toBe(303)
    expect((await ask(releases)).html).toContain(`rows.csv?release=${release_id}`)
    return link
  }
  const logInAgain = async () => {
    cookies.treasurer = await logInAs(place, { staffId: town.treasurer.id })
  }
  return { ...town, ask, jobs, path, release, second, logInAgain }
}

const head = 'رقم الاشتراك,اسم المشترك,رقم الهوية,الجوال,رقم العداد,الرصيد'

describe('the pages of present programs', () => {
  test('lead from a new source and its first file to a report, a decision and what is written', async () => {
    const { ask, jobs, path, place, release, second, logInAgain } = await aDesk()
    const known = await aPerson(place, { first: 'خالد', father: 'يوسف', family: 'زيدان' })
    const added = await ask(path(addresses.importNew), {
      form: { name: 'فوترة المياه', code: 'water', kind: 'file' },
    })
    expect(added.status).toBe(303)
    expect((await ask(added.location)).text).toContain('فوترة المياه')
    const file = encodeArabic(
      [
        head,
        '7,سامي محمد قطب,,0599000111,M1,10',
        `8,رنا حمدان,${known.idNumber},,M2,20`,
        '9,12345,,,M3,1',
      ].join('\r\n'),
    )
    const taken = await ask(added.location, { file, form: { asOf: '1/2/2026' } })
    expect(taken.status).toBe(303)
    const reading = await ask(taken.location)
    expect(reading.text).toContain('سامي محمد قطب')
    expect(reading.html).toContain('<option value="windows-1256" selected')
    const form: [string, string][] = [
      ...['subscription', 'name', 'id', 'phone', 'meter', 'balance'].flatMap(
        (meaning, at): [string, string][] => [
          ['heading', head.split(',')[at] ?? ''],
          ['meaning', meaning],
        ],
      ),
      ...([
        ['encoding', 'windows-1256'],
        ['delimiter', 'comma'],
        ['dates', 'dmy'],
        ['decimal', 'dot'],
      ] as [string, string][]),
      ...([
        ['currency', 'ILS'],
        ['dueKind', 'water'],
        ['utility', 'water'],
        ['billing', 'billed'],
      ] as [string, string][]),
    ]
    const without = await ask(taken.location, { form })
    expect(without.status).toBe(422)
    const confirmed = await ask(taken.location, { form: [...form, ['keys', 'subscription']] })
    expect(confirmed.status).toBe(303)
    expect((await ask(confirmed.location)).answer.headers.get('refresh')).toBe('3')
    await jobs()
    const report = await ask(confirmed.location)
    expect(report.text).toMatch(/جديد .*1/)
    expect(report.text).toContain('الاسم ليس اسمًا')
    expect(report.text).toContain('القائم على البرنامج')
    const csv = `${confirmed.location}/rows.csv`
    expect((await ask(csv)).text).not.toContain('12345')
    const link = await release(csv)
    expect((await ask(link, { by: 'second' })).status).toBe(403)
    const rejects = await ask(link)
    expect(rejects.answer.headers.get('content-type')).toContain('text/csv')
    expect(rejects.text).toContain('12345')
    expect((await ask(link)).status).toBe(403)
    const { cause } = await db.owner
      .selectFrom('audit')
      .select('cause')
      .where('municipality_id', '=', place.town)
      .where('act', '=', 'release.taken')
      .executeTakeFirstOrThrow()
    expect(cause).toContain(second.id)
    const late = await release(csv)
    for (const _ of [1, 2, 3]) {
      db.clock.advance(20 * 60_000)
      expect((await ask(confirmed.location)).status).toBe(200)
    }
    // Whoever proved who they are an hour ago is asked again, and then the hour of the release is over too.
    expect((await ask(late)).location).toContain(addresses.staffConfirm.pattern)
    await logInAgain()
    expect((await ask(late)).status).toBe(403)
    const rows = await ask(`${confirmed.location}/rows?verdict=new`)
    expect(rows.text).toContain('سامي محمد قطب')

    const decisions = await ask(`${added.location}/decisions`)
    expect(decisions.text).toContain(known.displayName)
    const question = /name="question" value="([^"]+)"/.exec(decisions.html)?.[1] ?? ''
    const decide = (form: Record<string, string>) =>
      ask(`${added.location}/decisions`, { form: { question, ...form } })
    const open = await decide({})
    expect(open).toMatchObject({ status: 422 })
    expect(open.text).toContain('اختر جوابًا')
    expect((await decide({ [`choice-${question}`]: 'new' })).status).toBe(303)
    await ask(confirmed.location, { form: { act: 'apply' } })
    await jobs()
    const after = await ask(confirmed.location)
    expect(after.text).toContain('اعتُمدت')
    expect((await ask(path(addresses.imports))).text).toContain('كما في')
  })

  test('refuse what is no file, no code and no SELECT, in words, and keep what was typed', async () => {
    const { ask, path, sourceId, write, by } = await aDesk()
    const wrong = await ask(path(addresses.importNew), { form: { name: 'س', code: 'رمز', kind: 'file' } })
    expect(wrong).toMatchObject({ status: 422 })
    expect(wrong.html).toContain('value="رمز"')
    const taken = await ask(path(addresses.importNew), { form: { name: 'س', code: 'billing', kind: 'file' } })
    expect(taken.text).toContain('هذا الرمز لمصدر آخر')
    const old = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(100)])
    const refused = await ask(path(addresses.importSource, { source: sourceId }), { file: old })
    expect(refused.text).toContain('لم نستطع قراءة هذا الملف')
    const broken = Buffer.from('PK\u0003\u0004 nothing of a workbook')
    expect((await ask(path(addresses.importSource, { source: sourceId }), { file: broken })).status).toBe(422)
    const { addSource } = await import('../sources.ts')
    const link = await write(tx => addSource(tx, { code: 'live', name: 'حي', kind: 'postgresql' }, by))
    const typed = {
      host: 'db',
      port: '5432',
      database: 'b',
      user: 'u',
      password: 'p',
      statement: 'delete from x',
    }
    const writes = await ask(path(addresses.importLink, { source: link }), { form: typed })
    expect(writes.status).toBe(422)
    expect(writes.text).toContain('تبدأ الجملة بـ SELECT')
    const kept = await ask(path(addresses.importLink, { source: link }), {
      form: { ...typed, statement: 'select 1' },
    })
    expect(kept.status).toBe(303)
    const shown = await ask(path(addresses.importLink, { source: link }))
    expect(shown.html).toContain('value="db"')
    expect(shown.html).not.toContain('value="p"')
  })

  test('are not for a clerk', async () => {
    const { ask, path } = await aDesk()
    expect((await ask(path(addresses.imports), { by: 'clerk' })).status).toBe(403)
  })
})
