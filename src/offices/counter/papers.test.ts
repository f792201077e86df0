import { expect, test } from 'vitest'
import { aJpeg, anExe } from '../../../test/builders/files.ts'
import { aFiledRequest } from '../../../test/builders/requests.ts'
import { anOpenTill } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses } from '../../lib/addresses.ts'
import { getDraft, papersOf, performAct } from '../requests/index.ts'
import { chargesOfRequest, takeReceipt } from '../treasury/index.ts'
import { aCounter, residence } from './testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, begin, bench, read, staff, write } = counter

async function scan(name: string, bytes: Buffer, more: Record<string, string> = {}): Promise<FormData> {
  const form = new FormData()
  for (const [key, value] of Object.entries({ ...residence, ...more })) form.append(key, value)
  form.append(name, new File([new Uint8Array(bytes)], 'هوية.jpg', { type: 'image/jpeg' }))
  return form
}

test('a scanned paper hangs on the request, and everything typed beside it is kept', async () => {
  const person = await counter.person()
  const draft = await begin('clerk', person)
  const body = await scan('paper.id-copy', await aJpeg(300, 200))
  const answer = await ask('clerk', addresses.counterDraftPaper, { draft, paper: 'id-copy' }, { body })
  expect(answer.status).toBe(303)
  const kept = await read(tx => getDraft(tx, draft, { kind: 'staff', id: staff.clerk.id }))
  expect(kept.papers['id-copy']).toMatchObject([{ state: 'supplied' }])
  expect(kept.answers).toMatchObject({ purpose: 'school', housing: 'owned' })

  const drop = { ...residence, drop: kept.papers['id-copy']?.[0]?.documentId ?? '' }
  await ask('clerk', addresses.counterDraftPaper, { draft, paper: 'id-copy' }, { form: drop })
  const dropped = await read(tx => getDraft(tx, draft, { kind: 'staff', id: staff.clerk.id }))
  expect(dropped.papers['id-copy']).toBeUndefined()

  const next = await begin('clerk', person)
  const page = await ask('clerk', addresses.counterDraft, { draft: next })
  const use = /<button[^>]*name="use"[^>]*>/.exec(page.html)?.[0].match(/value="([0-9a-f-]+)"/)?.[1] ?? ''
  expect(use).not.toBe('')
  await ask(
    'clerk',
    addresses.counterDraftPaper,
    { draft: next, paper: 'id-copy' },
    { form: { ...residence, use } },
  )
  const taken = await read(tx => getDraft(tx, next, { kind: 'staff', id: staff.clerk.id }))
  expect(taken.papers['id-copy']).toEqual([{ documentId: use, state: 'offered' }])
})

test('a file that is no paper is refused with its reason, and what was typed stays', async () => {
  const draft = await begin('clerk', await counter.person())
  const body = await scan('paper.id-copy', anExe())
  const answer = await ask('clerk', addresses.counterDraftPaper, { draft, paper: 'id-copy' }, { body })
  expect(answer.status).toBe(422)
  expect(answer.html).toContain('href="#f-id-copy"')
  expect(answer.html).toContain('value="1/5/2015"')
})

test('somebody else’s document is not taken from the archive', async () => {
  const other = await counter.person()
  const theirs = await begin('clerk', other)
  await ask(
    'clerk',
    addresses.counterDraftPaper,
    { draft: theirs, paper: 'id-copy' },
    { body: await scan('paper.id-copy', await aJpeg(200, 200)) },
  )
  const stolen = (await read(tx => getDraft(tx, theirs, { kind: 'staff', id: staff.clerk.id }))).papers[
    'id-copy'
  ]?.[0]?.documentId
  const draft = await begin('clerk', await counter.person())
  await ask(
    'clerk',
    addresses.counterDraftPaper,
    { draft, paper: 'id-copy' },
    { form: { ...residence, use: stolen ?? '' } },
  )
  const kept = await read(tx => getDraft(tx, draft, { kind: 'staff', id: staff.clerk.id }))
  expect(kept.papers['id-copy']).toBeUndefined()
})

test('a missing paper brought to the window sets the request going again', async () => {
  const person = await counter.person()
  const { requestId } = await aFiledRequest(bench, person.id)
  const clerk = {
    kind: 'staff',
    staffId: staff.clerk.id,
    appointments: [{ role: 'clerk', office: 'service-centre' }],
  } as const
  await write(async tx => {
    const open = await chargesOfRequest(tx, requestId)
    await anOpenTill(tx, staff.collector.id)
    await takeReceipt(tx, counter.house.events, {
      payer: { personId: person.id, name: person.displayName },
      collectorId: staff.collector.id,
      requestId,
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
  const [task] = (await counter.request(requestId)).projection.tasks
  const data = { papers: [{ id: 'id-copy', words: 'الصورة غير واضحة' }] }
  await write(tx =>
    performAct(tx, bench, { requestId, name: 'ask-papers', actor: clerk, taskId: task?.id, data }),
  )
  expect((await ask('clerk', addresses.counterPapers, { id: requestId })).text).toContain('الصورة غير واضحة')

  const empty = await ask('clerk', addresses.counterPapers, { id: requestId }, { form: {} })
  expect(empty.status).toBe(422)
  const body = await scan('paper.id-copy', await aJpeg(300, 200))
  expect((await ask('clerk', addresses.counterPapers, { id: requestId }, { body })).status).toBe(303)
  expect((await counter.request(requestId)).projection).toMatchObject({
    missingPapers: [],
    state: 'in-process',
  })
  expect(await read(tx => papersOf(tx, requestId))).toHaveLength(2)
})
