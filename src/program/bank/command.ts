import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { RegisterCommands } from '../../commands.ts'
import { systemClock } from '../../platform/clock.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { type Listener, listen } from '../../platform/serve.ts'
import { workUntilAsked } from '../stop.ts'
import { listTowns } from '../towns.ts'
import { openBook } from './book.ts'
import { openBank } from './server.ts'

const shape = z.object({ merchant: z.string(), key: z.string().min(32), port: z.int() })
export type BankFile = z.output<typeof shape>

export const bankFile = (dataDir: string): string => join(dataDir, 'demo-bank.json')

/** Merchant, key and port of the pretended bank, as it left them. */
export const readBankFile = (dataDir: string): BankFile =>
  shape.parse(JSON.parse(readFileSync(bankFile(dataDir), 'utf8')))

function ownFile(dataDir: string): BankFile {
  if (existsSync(bankFile(dataDir))) return readBankFile(dataDir)
  return { merchant: 'demo-town', key: randomBytes(32).toString('base64url'), port: 8090 }
}

/** The port it had last time, so that a page of it that is open goes on; another where that is taken. */
async function listenAt(fetch: (request: Request) => Promise<Response>, port: number): Promise<Listener> {
  try {
    return await listen(fetch, '127.0.0.1', port)
  } catch (error) {
    if (error instanceof PlainError && port !== 0) return listen(fetch, '127.0.0.1', 0)
    throw error
  }
}

/** `shubbak demo-bank`: the bank of the demo town, a process of its own that takes no money. Refuses where no town is a demonstration. */
export const bankCommand: RegisterCommands = (program, { config, inHouse, say }) => {
  program
    .command('demo-bank')
    .description('the pretended bank of the demo town; start runs it beside the demo by itself')
    .option('--delay <seconds>', 'how late a delayed call-back comes', '60')
    .action(async ({ delay }: { delay: string }) => {
      await inHouse(async house => {
        const towns = await listTowns(house)
        if (towns.length === 0 || !towns.every(town => town.isDemo))
          throw new PlainError('demo-bank is only for a database that holds nothing but the demo town')
      })
      await workUntilAsked(async asked => {
        mkdirSync(dirname(bankFile(config.dataDir)), { recursive: true })
        const own = ownFile(config.dataDir)
        const { merchant, key } = own
        const book = openBook(join(config.dataDir, 'demo-bank.jsonl'))
        const bank = openBank({ book, merchant, key, clock: systemClock, delayMs: Number(delay) * 1000 })
        const listener = await listenAt(bank.fetch, own.port)
        const { port } = listener
        writeFileSync(bankFile(config.dataDir), JSON.stringify({ merchant, key, port }), { mode: 0o600 })
        const heart = setInterval(() => void bank.beat(), 500)
        say(`The pretended bank is open at http://127.0.0.1:${port}/`)
        await asked
        clearInterval(heart)
        await listener.drain(1000)
      })
    })
}
