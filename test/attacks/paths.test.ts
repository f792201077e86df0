import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tidyFileName } from '../../src/lib/file-name.ts'
import { openOffices } from '../../src/offices.ts'
import { diskFiles } from '../../src/platform/files/index.ts'
import { openWindow } from '../../src/server.ts'
import type { Door } from '../../src/web/door.ts'
import { aHouse } from '../builders/house.ts'
import { aPerson, aTown, logInAs } from '../builders/people.ts'
import { testDatabase } from '../database.ts'

const db = await testDatabase()
const house = aHouse(db)
let door: Door
let cookie: string
beforeAll(async () => {
  openOffices(house)
  door = await openWindow(house)
  const town = await aTown(house)
  cookie = await logInAs({ house, town: town.id }, { personId: (await aPerson({ house, town: town.id })).id })
})

/** Ways up and out of a folder, as a browser or a program may write them. */
const upwards = [
  '../secret',
  '..%2fsecret',
  '%2e%2e/secret',
  '%2e%2e%2fsecret',
  '..%5csecret',
  '..\\secret',
  '%252e%252e%252fsecret',
  '....//secret',
  '/etc/passwd',
  '%2fetc%2fpasswd',
  'file:///etc/passwd',
  'C:%5cwindows',
  'secret%00.css',
  '%c0%ae%c0%ae/secret',
  'manifest.json',
  '__proto__',
  'constructor',
]

test('no address leads out of a folder: assets, papers, sendings, help, tiles and texts', async () => {
  // Beside the folders of the house, where a way up would find it.
  writeFileSync(join(house.config.dataDir, 'secret'), 'the-secret-of-the-house')
  const failures: string[] = []
  const folders = [
    '/assets/',
    '/documents/',
    '/uploads/',
    '/help/',
    '/open/seal/tile/0/',
    '/services/',
    '/s/',
    '/verify/',
    '/track/',
    '/continue/',
    '/manage/services/',
  ]
  for (const folder of folders)
    for (const way of upwards) {
      const url = new URL(`http://town.test${folder}x`)
      const request = new Request(url, { headers: { host: 'town.test', cookie } })
      // As sent, not as a browser would tidy it up.
      Object.defineProperty(request, 'url', { value: `http://town.test${folder}${way}` })
      const answer = await door.fetch(request)
      const text = await answer.text()
      if (answer.status >= 500 || answer.status === 200)
        failures.push(`${folder}${way} answers ${answer.status}`)
      if (/the-secret-of-the-house|root:x:0/.test(text)) failures.push(`${folder}${way} tells`)
    }
  expect(failures).toEqual([])
})

test('no sending lands elsewhere than in its folder, whatever it calls itself', async () => {
  const outside = readdirSync(house.config.dataDir).sort()
  for (const name of ['../../evil', '/tmp/evil-of-a-test', '..\\evil', 'x\u0000y', 'a/b/c'])
    for (const field of ['filename', 'purpose', 'id', 'name']) {
      const metadata = `${field} ${Buffer.from(name).toString('base64')}`
      const headers = {
        'tus-resumable': '1.0.0',
        'upload-length': '3',
        'upload-metadata': metadata,
        host: 'town.test',
        cookie,
      }
      const answer = await door.fetch(new Request('http://town.test/uploads', { method: 'POST', headers }))
      expect([answer.status < 500, answer.headers.get('location')?.includes('evil') ?? false]).toEqual([
        true,
        false,
      ])
    }
  expect(readdirSync(house.config.dataDir).filter(each => each.includes('evil'))).toEqual([])
  expect(outside.filter(each => each.includes('evil'))).toEqual([])
})

test('a name that a file brings is a name, without folders, ends of lines or what hides its ending', () => {
  for (const name of [
    '../../etc/passwd',
    'C:\\x\\y.pdf',
    'a\r\nContent-Type: text/html',
    'x"; filename="evil.html',
    '\u202efdp.exe',
    '\u0000',
  ])
    expect(tidyFileName(name)).not.toMatch(/[/\\\r\n\0\u202a-\u202e\u2066-\u2069]/)
})

test('the folder of files takes towns and files by their ids alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-files-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'in'))
  writeFileSync(join(folder, 'secret'), 'secret')
  const files = diskFiles(join(folder, 'in'))
  for (const town of ['..', '../', 'x/../..', '/etc', '']) {
    await expect((async () => files.put(town, Buffer.from('x')))()).rejects.toThrow(TypeError)
    await expect((async () => files.get(town, Buffer.alloc(32)))()).rejects.toThrow(TypeError)
  }
  await expect(
    (async () => files.get('00000000-0000-7000-8000-000000000001', Buffer.from('../../secret')))(),
  ).rejects.toThrow(TypeError)
  expect(readdirSync(folder).sort()).toEqual(['in', 'secret'])
})
