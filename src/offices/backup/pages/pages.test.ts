import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { type Address, addresses, townUrl } from '../../../lib/addresses.ts'
import { treasuryRoutes } from '../../treasury/index.ts'
import { backupRoutes, tellOfBackups } from '../index.ts'
import { beginRun, endRun, noteStream, type RunKind } from '../runs.ts'

const db = await testDatabase()
const house = aHouse(db)
tellOfBackups()

async function aTownWithRoutes() {
  const town = await aTown(house)
  const place = { house, town: town.id }
  const { knock } = aDoor(house, [...backupRoutes, ...treasuryRoutes])
  const cookieOf = async (role: 'admin' | 'clerk') =>
    logInAs(place, { staffId: (await aStaffMember(place, role)).id })
  return {
    town,
    cookieOf,
    async ask(address: Address, cookie?: string) {
      const answer = await knock(townUrl({ prefix: `/~${town.slug}` }, address, {}), cookie ? { cookie } : {})
      const html = await answer.text()
      const text = html
        .replace(/<head>.*?<\/head>/s, '')
        .replace(/<[^>]+>|[\u2066-\u2069]/g, '')
        .replace(/\s+/g, ' ')
      return { status: answer.status, text }
    },
    async ran(kind: RunKind, trouble?: string) {
      const write = house.database.write
      const id = await write(town.id, tx => beginRun(tx, kind))
      db.clock.advance(12_000)
      const told = {
        rows: 1234,
        files: 56,
        bytes: 7_800_000,
        schema: 'x',
        good: trouble === undefined,
        trouble,
      }
      await write(town.id, tx => endRun(tx, id, told))
    },
    stream: (trouble?: string) =>
      house.database.write(town.id, tx =>
        noteStream(tx, { keptUntil: trouble === undefined ? db.clock.now() : undefined, trouble }),
      ),
  }
}

describe('the public page of the system’s state', () => {
  test('says to anybody that nothing was kept yet, and what that means', async () => {
    const { ask } = await aTownWithRoutes()
    const { status, text } = await ask(addresses.openStatus)
    expect(status).toBe(200)
    expect(text).toContain('النظام يعمل، وهناك ما تأخر عن موعده.')
    expect(text).toContain('لم تُؤخذ بعد (متأخر)')
    expect(text).toContain('لم تُجرَّب بعد (متأخر)')
    expect(text).toContain('لا رسالة تنتظر')
    expect(text).not.toContain('النسخة المستمرة')
  })

  test('names the dates of the last good backup and drill, without what went wrong since', async () => {
    const { ask, ran, stream } = await aTownWithRoutes()
    await ran('physical')
    await ran('drill')
    await stream()
    expect((await ask(addresses.openStatus)).text).toContain('كل شيء يعمل.')
    await ran('drill', 'secret words of a failure')
    await stream('the disk is full')
    const { text } = await ask(addresses.openStatus)
    expect(text).toContain('1,234 صف و56 ملف عادت كما كانت (متأخر)')
    expect(text).toContain('النسخة المستمرة')
    expect(text).not.toContain('secret words')
    expect(text).not.toContain('the disk is full')
  })

  test('counts the messages of its town that wait, though it reaches none of them', async () => {
    const { ask, town } = await aTownWithRoutes()
    const other = await aTownWithRoutes()
    const wait = (of: string, minutes: number) =>
      sql`
      insert into message (municipality_id, message_id, event, channel, lane, body, encoding, parts, state, planned_at, not_before)
      values (${of}, gen_random_uuid(), 'x', 'sms', 1, 'x', 'gsm7', 1, 'planned', ${db.clock.now()}, ${new Date(db.clock.now().getTime() - minutes * 60_000)})`.execute(
        db.owner,
      )
    await wait(town.id, 3)
    await wait(town.id, 20)
    await wait(town.id, -30)
    await wait(other.town.id, 500)
    expect((await ask(addresses.openStatus)).text).toMatch(/رسالتان تنتظران إرسالها.*\(متأخر\)/)
  })
})

describe('the administrator', () => {
  test('is told on the settings what failed, and reads why on the page of backups', async () => {
    const { ask, ran, stream, cookieOf } = await aTownWithRoutes()
    const admin = await cookieOf('admin')
    expect((await ask(addresses.manageBackups, admin)).text).toContain('لا نسخة قبل أن يُسمّى لها مكان')
    await ran('physical')
    await ran('drill', 'request: did not come back as they were: 1')
    await stream('no space left on device')
    const settings = (await ask(addresses.manage, admin)).text
    expect(settings).toContain('فشلت آخر تجربة استعادة.')
    expect(settings).toContain('النسخة المستمرة متوقفة.')
    expect(settings).not.toContain('فشلت آخر نسخة احتياطية.')
    const { text } = await ask(addresses.manageBackups, admin)
    expect(text).toContain('request: did not come back as they were: 1')
    expect(text).toContain('no space left on device')
    expect(text).toContain('7.8 م.ب، 56 ملف')
    expect(text).toContain('12 ثانية')
  })

  test('alone: a clerk is neither told nor shown', async () => {
    const { ask, ran, cookieOf } = await aTownWithRoutes()
    await ran('drill', 'x')
    const clerk = await cookieOf('clerk')
    expect((await ask(addresses.manage, clerk)).text).not.toContain('فشلت')
    expect((await ask(addresses.manageBackups, clerk)).status).toBe(403)
  })
})
