import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planLink } from '../../src/offices/messaging/links/plan.ts'
import { trustedProxies } from '../../src/platform/proxies.ts'
import { type Listener, listen } from '../../src/platform/serve.ts'
import { clientOf, noteClient } from '../../src/web/client.ts'
import { openTownDirectory } from '../../src/web/town.ts'
import { aHouse } from '../builders/house.ts'
import { aTown } from '../builders/people.ts'
import { testDatabase } from '../database.ts'

const db = await testDatabase()
const house = aHouse(db, { PUBLIC_URL: 'https://window.example.ps' })

describe('where somebody comes from', () => {
  const of = (direct: string, forwarded?: string) => {
    const request = new Request('http://town.test/', {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    })
    noteClient(request, direct)
    return clientOf({ request })
  }

  test('is what the proxy of this machine says last, and nothing anybody else wrote before it', () => {
    expect(of('127.0.0.1', '203.0.113.9')).toBe('203.0.113.9')
    expect(of('::ffff:127.0.0.1', '10.0.0.1, 203.0.113.9')).toBe('203.0.113.9')
    expect(of('::1', 'evil, "203.0.113.1", 203.0.113.9')).toBe('203.0.113.9')
    expect(of('127.0.0.1', '')).toBe('127.0.0.1')
    expect(of('127.0.0.1', `${'x'.repeat(9_000)}`)).toHaveLength(64)
  })

  test('is the line itself where it is not the proxy’s, whatever the header says', () => {
    for (const said of ['127.0.0.1', '203.0.113.9', '::1', 'unix'])
      expect(of('198.51.100.4', said)).toBe('198.51.100.4')
    for (const direct of ['128.0.0.1', '::ffff:10.0.0.1', '::2']) expect(of(direct, '1.2.3.4')).toBe(direct)
  })
})

describe('where somebody comes from behind proxies of other machines', () => {
  const of = (direct: string, forwarded: string) => {
    const headers = { 'x-forwarded-for': forwarded }
    const request = new Request('http://town.test/', { headers })
    noteClient(request, direct, trustedProxies(['10.1.0.0/16', '192.0.2.7', 'fd00::/8']))
    return clientOf({ request })
  }

  test('is what the first of them says, and nothing anybody wrote before it', () => {
    for (const proxy of ['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', 'fd00::1', '127.0.0.1'])
      expect(of(proxy, '1.2.3.4, 203.0.113.9'), proxy).toBe('203.0.113.9')
    expect(of('10.1.2.3', '1.2.3.4, 203.0.113.9, 10.1.9.9, 192.0.2.7')).toBe('203.0.113.9')
    expect(of('10.1.2.3', '1.2.3.4, 127.0.0.1')).toBe('127.0.0.1')
    expect(of('10.1.2.3', '10.1.7.7')).toBe('10.1.7.7')
    expect(of('10.1.2.3', 'no address')).toBe('no address')
  })

  test('is the line itself where it is none of theirs', () => {
    for (const direct of ['10.2.0.1', '192.0.2.8', 'fe80::1', '::ffff:10.2.0.1', ''])
      expect(of(direct, '203.0.113.9'), direct).toBe(direct)
  })
})

describe('the name a request says it was sent to', () => {
  test('finds a town by its own names alone, not by what only looks like one', async () => {
    const own = await aTown(db, { hosts: ['halhul.example.ps'] })
    await aTown(db, { hosts: ['dura.example.ps'] })
    const towns = openTownDirectory(house.database, () => performance.now())
    expect((await towns.find('halhul.example.ps:443', '/'))?.town.id).toBe(own.id)
    for (const host of [
      'evil.example',
      'halhul.example.ps.evil.example',
      'halhul.example.ps@evil.example',
      'evil.example?halhul.example.ps',
      '',
      'halhul.example.ps.',
      'halhul.example.ps, evil.example',
      '[::1]',
    ])
      expect(await towns.find(host, '/my'), host).toBeUndefined()
  })

  test('stands in no link of a message: those carry the address the town has set', async () => {
    const town = await aTown(db, { hosts: [] })
    const link = planLink(
      { house, town },
      { kind: 'track', requestId: '00000000-0000-7000-8000-000000000001' },
    )
    expect(link?.url).toMatch(/^https:\/\/window\.example\.ps\//)
  })
})

describe('a line as proxies open it', () => {
  const asked: string[] = []
  let listener: Listener
  beforeAll(async () => {
    const answer = async (request: Request) => {
      asked.push(`${request.method} ${request.url} ${(await request.text()).length}`)
      return new Response('ok')
    }
    listener = await listen(answer, '127.0.0.1', 0)
  })
  afterAll(() => listener.drain(100))

  async function say(bytes: string): Promise<string> {
    asked.length = 0
    const socket = connect(listener.port, '127.0.0.1')
    let heard = ''
    socket.on('data', chunk => {
      heard += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.end(bytes, 'latin1')
    await new Promise(resolve => socket.once('close', resolve))
    return heard
  }

  test('of HTTP/1.0 is answered once and closed; chunks, which it does not know, are refused', async () => {
    expect(await say('GET /a HTTP/1.0\r\nHost: town.test\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*connection: close/i,
    )
    expect(asked).toEqual(['GET http://town.test/a 0'])
    await say(
      'POST /a HTTP/1.0\r\nHost: town.test\r\nContent-Length: 3\r\n\r\nabcGET /hidden HTTP/1.0\r\nHost: town.test\r\n\r\n',
    )
    expect(asked.some(each => each.includes('hidden'))).toBe(false)
  })

  test('without a host, with two, or with one that is none, is refused', async () => {
    for (const hosts of [
      '',
      'Host: a\r\nHost: b\r\n',
      'Host: a b\r\n',
      'Host: a/b@c\r\n',
      'Host: town.test#x\r\n',
      'Host: town.test/evil\r\n',
    ])
      expect(await say(`GET /a HTTP/1.1\r\n${hosts}\r\n`), hosts).toMatch(/^HTTP\/1\.1 400 /)
    expect(asked).toEqual([])
  })

  test('whose first line names another host is one for the host of the header, or refused', async () => {
    await say('GET http://evil.example/a HTTP/1.1\r\nHost: town.test\r\nConnection: close\r\n\r\n')
    expect(asked.filter(each => each.includes('evil.example'))).toEqual([])
  })
})
