import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import smpp, { type Session } from 'smpp'
import { sealSecret } from '../../src/offices/messaging/carriers/store.ts'
import { openOutbox } from '../../src/offices/messaging/outbox/outbox.ts'
import { indexPhone, sealPhone } from '../../src/offices/people/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import { serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import { type House, openHouse } from '../../src/platform/house.ts'
import type { Town } from '../../src/web/town.ts'
import { aProvider } from '../builders/messages.ts'
import { aTown } from '../builders/people.ts'
import { type SmscProcess, startSmsc } from '../faults/messages/smsc-process.ts'
import { floorLoop } from './floor.ts'
import { dataOf } from './ground.ts'
import { median, note, tell } from './report.ts'

const window = 50
const text = 'بلدية دورا: استلمنا طلبك رقم 1204/2026، ونخبرك بكل خطوة.'
const phones = 2_000
const goal = 0.7

/** One on this machine that answers at once, and one as far away as a provider's is: a window of 50 is what limits it. */
const servers = [
  { name: 'server that answers at once', delayMs: 0, count: 10_000 },
  { name: 'server 20 ms away', delayMs: 20, count: 6_000 },
]

/**
 * Messages from planned to submitted, written down before and after, over SMPP to a server of its own process; against a bare loop of the
 * same library with the same window that writes nothing. In turns.
 */
export async function benchMessages(quick: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-bench-'))
  chmodSync(folder, 0o755)
  const environment = { DATA_DIR: join(folder, 'data'), SYSTEM_DIR: join(folder, 'system') }
  const house = await openHouse(readConfig({ ...environment, LOG_LEVEL: 'warn' }), {
    prepare: true,
    hold: true,
  })
  const smsc = await startSmsc()
  try {
    const town = await aTown(house, { slug: 'bench' })
    await aProvider(
      { house, town: town.id },
      {
        settings: { host: '127.0.0.1', port: smsc.port, sender: 'DURA', window },
        secretSealed: sealSecret(house, town.id, { user: 'bench', password: 'bench', token: '', hook: '' }),
      },
    )
    const numbers = addresses(house, town)
    await house.database.write(town.id, tx =>
      tx.q
        .insertInto('setting')
        .values({
          municipality_id: town.id,
          key: 'messages.quiet',
          valid_from: '2020-01-01',
          setting_id: town.id,
          value: JSON.stringify({ groups: [] }),
          confirmed: true,
          set_at: tx.now,
        })
        .execute(),
    )
    const outbox = openOutbox(house)
    const bare = await bareSession(smsc.port)
    for (const { name, delayMs, count } of servers) {
      await smsc.behave({ delayMs })
      const size = quick ? Math.ceil(count / 4) : count
      const rounds: { bare: number; ours: number; floor: number }[] = []
      await bareLoop(bare, 500)
      await ourLoop(house, town, outbox, smsc, numbers, 500)
      for (let round = 0; round < (quick ? 3 : 5); round++) {
        const one = await bareLoop(bare, size)
        const two = await ourLoop(house, town, outbox, smsc, numbers, size)
        const three = await withClient(house.server.ownerUrl, client =>
          floorLoop(client, size, window, answered =>
            bare.submit_sm(aMessage, pdu => answered(pdu.message_id ?? '')),
          ),
        )
        rounds.push({ bare: one, ours: two, floor: three })
        note(
          `bare ${Math.round(one)}/s, planned to submitted ${Math.round(two)}/s, ${(two / one).toFixed(2)}; floor ${Math.round(three)}/s`,
        )
      }
      tell({
        name: `messages over SMPP, ${name}`,
        value: median(rounds.map(({ ours }) => ours)),
        unit: 'messages/s',
        ratio: median(rounds.map(({ ours, bare: other }) => ours / other)),
        baseline: 'a bare loop of npm smpp with the same window',
        goal: { ratio: goal, least: true },
        // How much of the bare loop is left to whoever writes down the least, and how much of that is reached.
        details: {
          window,
          size,
          rounds,
          floorOfBare: median(rounds.map(({ floor, bare: other }) => floor / other)),
          ofFloor: median(rounds.map(({ ours, floor }) => ours / floor)),
        },
      })
    }
    bare.close()
    await outbox.close()
  } finally {
    await smsc.stop()
    await house.close()
    for (const pid of serverProcesses(dataOf(environment.DATA_DIR))) signal(pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Telephones sealed and indexed as rows keep them. */
function addresses({ crypto }: House, town: Town) {
  const keys = { tx: { town: town.id }, crypto }
  return Array.from({ length: phones }, (_, at) => {
    const phone = `+97059${String(9_000_000 + at)}`
    return { sealed: sealPhone(keys, phone), index: indexPhone(keys, phone) }
  })
}

type Numbers = ReturnType<typeof addresses>

/** Plans so many steps, then sends them; messages a second from the first claim until the last is with the server and written down. */
async function ourLoop(
  house: House,
  town: Town,
  outbox: ReturnType<typeof openOutbox>,
  smsc: SmscProcess,
  numbers: Numbers,
  count: number,
): Promise<number> {
  await withClient(house.server.ownerUrl, async client => {
    await client.query(
      `insert into message (municipality_id, message_id, event, kind, template, template_version, channel, lane, to_sealed, to_index, body,
                            encoding, parts, state, planned_at, not_before)
       select $1, uuidv7(), 'received', 'step', 'received', 1, 'sms', 1, p.sealed, p.index, $2, 'UCS-2', 1, 'planned', $3, $3
         from generate_series(0, $4 - 1) n
         join (select row_number() over () - 1 as at, sealed, index from unnest($5::bytea[], $6::bytea[]) u(sealed, index)) p on p.at = n % $7`,
      [
        town.id,
        text,
        house.clock.now(),
        count,
        numbers.map(each => each.sealed),
        numbers.map(each => each.index),
        numbers.length,
      ],
    )
    await client.query('analyze message, message_due')
    await client.query('checkpoint')
  })
  const before = await smsc.taken()
  const began = performance.now()
  while ((await outbox.sendDue([town])) > 0);
  const seconds = (performance.now() - began) / 1000
  const taken = (await smsc.taken()) - before
  if (taken !== count) throw new Error(`${taken} of ${count} messages came to the server`)
  return count / seconds
}

function bareSession(port: number): Promise<Session> {
  return new Promise((resolve, reject) => {
    const session = smpp.connect({ host: '127.0.0.1', port, noDelay: true })
    session.on('error', reject)
    session.on('connect', () =>
      session.bind_transceiver({ system_id: 'bare', password: 'bare' }, () => resolve(session)),
    )
  })
}

const aMessage = {
  destination_addr: '970599000001',
  source_addr: 'DURA',
  data_coding: 8,
  registered_delivery: 1,
  short_message: text,
}

/** The library alone, with as many under way: messages a second. */
function bareLoop(session: Session, count: number): Promise<number> {
  const began = performance.now()
  let sent = 0
  let answered = 0
  return new Promise(resolve => {
    const next = () => {
      sent += 1
      session.submit_sm(aMessage, () => {
        answered += 1
        if (answered === count) resolve((count * 1000) / (performance.now() - began))
        else if (sent < count) next()
      })
    }
    for (let each = 0; each < window; each++) next()
  })
}
