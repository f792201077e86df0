import { expect, test } from 'vitest'
import { aClamd, eicar } from '../../../test/builders/clamd.ts'
import { openScanner } from './index.ts'

test('Debian’s clamd finds the virus in a file and none in a paper of 25 megabytes', async () => {
  const { url } = await aClamd()
  const scanner = openScanner(url)
  expect(await scanner.scan(Buffer.from(`%PDF-1.7\n${eicar}`))).toMatchObject({
    state: 'infected',
    signature: expect.stringContaining('Eicar-Test-Signature'),
  })
  expect(await scanner.scan(Buffer.alloc(25 * 1024 * 1024, 'paper'))).toEqual({ state: 'clean' })
})
