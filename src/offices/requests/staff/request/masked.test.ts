import { beforeAll, expect, test } from 'vitest'
import { onlyOwnCauses } from '../../../../../test/builders/looks.ts'
import { builder } from '../../../../../test/builders/people.ts'
import { aFiledRequest, aVariantOf, completeAnswers } from '../../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../../test/database.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import { publishService } from '../../../catalogue/index.ts'
import { wordsOf } from '../../citizen/testing/portal.ts'
import { anOfficeTown, type OfficeTown, payAll, post, visit } from '../testing/office.ts'

const db = await testDatabase()
let town: OfficeTown
let id: string

beforeAll(async () => {
  town = await anOfficeTown(db)
  onlyOwnCauses()
  const sensitive = await aVariantOf('ADM-01', source =>
    source
      .replace('code: ADM-01', 'code: ADM-93')
      .replace(
        '        - id: purpose\n          kind: choice',
        '        - id: purpose\n          sensitive: true\n          kind: choice',
      ),
  )
  await db.database.write(town.bench.town.id, tx => publishService(tx, sensitive, builder))
  const answers = completeAnswers['ADM-01'] ?? {}
  const papers = ['id-copy']
  id = (await aFiledRequest(town.bench, town.person.id, { serviceCode: 'ADM-93', answers, papers })).requestId
  await payAll(town, id)
})

const page = (query = '') => `${fillAddress(addresses.officeRequest, { id })}${query}`

test('an answer marked as sensitive stands masked even where a task opens the request', async () => {
  const opened = await visit(town, 'clerk', page())
  expect(opened.status).toBe(200)
  const html = await opened.text()
  expect(html).toContain('show=answers')
  expect(html).not.toContain('مدرسة أو جامعة')
})

test('it is shown for a reason of its own, and the showing is a look by itself', async () => {
  const refused = await visit(town, 'clerk', page('?show=answers'))
  expect(refused.status).toBe(403)
  expect(await wordsOf(refused)).toContain('هذا الجزء محجوب')
  const form = { person: town.person.id, back: page('?show=answers'), reason: 'law' }
  // A reason for the file is none for the part that stands masked.
  await post(town, 'clerk', addresses.why.pattern, form)
  expect((await visit(town, 'clerk', page('?show=answers'))).status).toBe(403)
  expect((await post(town, 'clerk', addresses.why.pattern, { ...form, part: 'answers' })).status).toBe(303)
  const shown = await visit(town, 'clerk', page('?show=answers'))
  expect(shown.status).toBe(200)
  expect(await shown.text()).not.toContain('show=answers"')
  const looks = await db.owner
    .selectFrom('look')
    .select('cause_kind')
    .where('person_id', '=', town.person.id)
    .where('is_sensitive', '=', true)
    .execute()
  expect(looks).toEqual([{ cause_kind: 'reason' }])
})
