import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { testDatabase } from '../../../../test/database.ts'
import { aDesigner } from '../testing/designer.ts'

const house = aHouse(await testDatabase())

describe('an example', () => {
  test('is recorded by filling in the form and doing the steps, and kept with what came of it', async () => {
    const { record, read } = await aDesigner(house)
    const carried = (html: string) => /name="recording" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const empty = await record({ recording: '', do: 'page', page: 'request', notes: '' })
    expect(empty.status).toBe(422)
    let now = await record({ recording: '', do: 'page', page: 'request', notes: 'بسطة في العيد' })
    expect(now.html).toContain('تدقيق الطلب')
    now = await record({ recording: carried(now.html), step: 'desk-review', do: 'approve' })
    now = await record({ recording: carried(now.html), step: 'decision', do: 'reject', note: 'لا مكان' })
    const kept = await record({
      recording: carried(now.html),
      do: 'keep',
      'name.ar': 'مرفوض',
      'name.en': 'Refused',
    })
    expect(kept.status).toBe(303)
    const [example] = (await read()).content.examples ?? []
    expect(example).toMatchObject({
      id: 'refused',
      answers: { notes: 'بسطة في العيد' },
      acts: ['desk-review', { step: 'decision', act: 'reject', note: 'لا مكان' }],
      expect: { state: 'rejected', way: ['desk-review', 'decision'], messages: ['received', 'rejected'] },
    })
  })

  test('that comes to something else now is shown, and what came can be taken as right', async () => {
    const { record, page, post, read } = await aDesigner(house)
    const carried = (html: string) => /name="recording" value="([^"]+)"/.exec(html)?.[1] ?? ''
    let now = await record({ recording: '', do: 'page', page: 'request', notes: 'بسطة' })
    now = await record({ recording: carried(now.html), step: 'desk-review', do: 'approve' })
    now = await record({ recording: carried(now.html), step: 'decision', do: 'reject', note: 'لا' })
    await record({ recording: carried(now.html), do: 'keep', 'name.ar': 'مرفوض', 'name.en': 'Refused' })
    await post('messages', { do: 'save', open: 'messages/received', 'text.ar': '', 'text.en': '' })
    expect((await page('examples')).html).toContain('accept:refused')
    await post('examples', { do: 'accept:refused' })
    expect((await read()).content.examples?.[0]).toMatchObject({ expect: { messages: ['rejected'] } })
    expect((await page('examples')).html).not.toContain('accept:refused')
  })
})

describe('a draft as it will be seen', () => {
  test('is a page for each who sees it, with nothing kept', async () => {
    const { get, preview, read } = await aDesigner(house)
    const before = (await read()).draft.revision
    for (const as of ['sheet', 'form', 'clerk', 'officer'])
      expect([as, (await get(preview(as))).status]).toEqual([as, 200])
    expect((await get(preview('nobody'))).status).toBe(404)
    expect((await read()).draft.revision).toBe(before)
  })

  test('ends in a paper made out to nobody', async () => {
    const { add, get, preview } = await aDesigner(house)
    await add('output', 'outputs', 'outputs', 'رخصة بسطة', 'Stall licence', 'licence')
    const paper = await get(`${preview('paper')}?output=stall-licence`)
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })
})
