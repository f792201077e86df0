import { beforeAll, describe, expect, test } from 'vitest'
import { builder } from '../../../../../test/builders/people.ts'
import { testDatabase } from '../../../../../test/database.ts'
import { loadServiceFiles, publishService } from '../../../catalogue/index.ts'
import { aKey, aPortal, begin, type Portal } from '../testing/portal.ts'

const db = await testDatabase()
let portal: Portal

beforeAll(async () => {
  portal = await aPortal(db)
  const files = await loadServiceFiles(undefined, ['ENG-24'])
  await db.database.write(portal.bench.town.id, async tx => {
    for (const file of files) await publishService(tx, file, builder)
  })
})

const trees = (draft: string): string => `/my/drafts/${draft}/pages/trees`
const rowsOf = (html: string): number => new Set(html.match(/trees\.\d+\.treeKind/g) ?? []).size
const row = (place: number, kind: string) => ({
  [`trees.${place}.treeKind`]: kind,
  [`trees.${place}.treeCount`]: '2',
  [`trees.${place}.treeAge`]: '30',
})

describe('a list of rows in a form', () => {
  test('comes back with one more row when asked, keeps what is written and blames nothing for being half done', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ENG-24')
    expect(rowsOf(await (await portal.knock(trees(draft), { cookie })).text())).toBe(1)

    const asked = await portal.knock(trees(draft), {
      cookie,
      form: { _key: aKey(), ...row(0, 'سرو'), row: 'trees-row-1' },
    })
    expect([asked.status, asked.headers.get('location')]).toEqual([303, `${trees(draft)}#trees-row-1`])
    const html = await (await portal.knock(trees(draft), { cookie })).text()
    expect(rowsOf(html)).toBe(2)
    expect(html).toContain('سرو')
    expect(html).toContain('id="trees-row-1"')
  })

  test('goes on with Enter, which presses the first button of the form', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ENG-24')
    const html = await (await portal.knock(trees(draft), { cookie })).text()
    const main = html.slice(html.indexOf('<main'))
    const [first = ''] = /<button[^>]*type="submit"[^>]*>/.exec(main) ?? []
    expect(first).not.toContain('name="row"')
    const refused = await portal.knock(trees(draft), { cookie, form: { _key: aKey(), ...row(0, 'سرو') } })
    expect(refused.status).toBe(422)
  })
})
