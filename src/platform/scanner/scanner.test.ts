import { expect, test } from 'vitest'
import { aFakeClamd } from '../../../test/builders/clamd.ts'
import { openScanner, ScannerDown } from './index.ts'

const clamd = await aFakeClamd()
const scanner = openScanner(clamd.url, { patienceMs: 200 })
const bytes = Buffer.alloc(300_000, 'paper')

test('all bytes come to the daemon, in pieces, and its verdict comes back', async () => {
  clamd.answers(received => (received.equals(bytes) ? 'stream: OK' : 'stream: Wrong-Bytes FOUND'))
  expect(await scanner.scan(bytes)).toEqual({ state: 'clean' })
  expect(await scanner.scan(bytes.subarray(1))).toEqual({ state: 'infected', signature: 'Wrong-Bytes' })
  expect(await scanner.scan(Buffer.alloc(0))).toMatchObject({ state: 'infected' })
})

test('no answer that makes sense is no verdict: silence, errors, nonsense, endless talk, nobody there', async () => {
  const mute = () => undefined
  const talk = () => 'x'.repeat(10_000)
  for (const how of [mute, () => 'INSTREAM size limit exceeded. ERROR', () => '', () => 'OK', talk]) {
    clamd.answers(how)
    await expect(scanner.scan(bytes)).rejects.toThrow(ScannerDown)
  }
  await clamd.down()
  await expect(scanner.scan(bytes)).rejects.toThrow(ScannerDown)
  await clamd.up()
})

test('an address that is no daemon’s is refused in words', () => {
  expect(() => openScanner('http://localhost:3310')).toThrow('neither tcp://host:port nor unix:///path')
})
