import { expect, test } from 'vitest'
import { readBody } from './body.ts'
import type { Call } from './call.ts'
import type { Route } from './route.ts'

test('a body that ends in the middle is whoever sent it to mend, and nothing of ours', async () => {
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('a=1'))
      stream.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    },
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const sent = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
  const request = new Request('http://town.test/', sent)
  const call = { request, typed: {}, files: {} } as unknown as Call
  await expect(readBody(call, { bodyLimit: 100 } as Route)).rejects.toMatchObject({
    code: 'body-cut-off',
    reportable: false,
  })
})

test('a file has a name that can be kept and shown: no folders, no zeros, not endless', async () => {
  const form = new FormData()
  for (const name of ['../x.pdf\u0000.exe', `${'ط'.repeat(5_000)}.jpg`])
    form.append('file', new File(['abc'], name))
  const call = {
    request: new Request('http://town.test/', { method: 'POST', body: form }),
    typed: {},
    files: {} as Record<string, File[]>,
  }
  await readBody(call as unknown as Call, { bodyLimit: 100_000 } as Route)
  const [first, second] = call.files.file ?? []
  expect(first?.name).toBe('x.pdf.exe')
  expect(second?.name).toBe(`${'ط'.repeat(116)}.jpg`)
  expect(await second?.text()).toBe('abc')
})

test('a field longer than anybody writes is refused, and what else was typed is not lost', async () => {
  const body = new URLSearchParams({ note: 'زارت اللجنة الموقع', body: 'x'.repeat(100_001) })
  const typed: Record<string, unknown> = {}
  const call = { request: new Request('http://town.test/', { method: 'POST', body }), typed, files: {} }
  const read = readBody(call as unknown as Call, { bodyLimit: 1_000_000 } as Route)
  await expect(read).rejects.toMatchObject({ code: 'field-too-long', details: { most: 100_000 } })
  expect(typed.note).toBe('زارت اللجنة الموقع')
})
