import { spawn } from 'node:child_process'
import { demoState } from '../offices/demo/index.ts'
import type { House } from '../platform/house.ts'
import { PlainError } from '../platform/plain-error.ts'
import { listTowns } from './towns.ts'

/** Whether there is no town yet, or only a demo town whose laying out was broken off. */
export async function wantsDemo(house: House): Promise<boolean> {
  const towns = await listTowns(house)
  return towns.length === 0 || (await demoState(house)) === 'half'
}

/**
 * Lays out the demo town in a process of its own (`shubbak demo` beside this program, on the same database): three years of work leave
 * much behind in memory, which the server that goes on running should not carry.
 */
export function layOutDemo(): Promise<void> {
  const [, program = ''] = process.argv
  return new Promise((done, failed) => {
    // Three years pass through memory once: room for what is young spares most of the collecting.
    const words = ['--max-semi-space-size=96', program, 'demo']
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] })
    const pass = (signal: NodeJS.Signals) => void child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, pass)
    child.once('error', failed)
    child.once('exit', code => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, pass)
      if (code === 0) done()
      else failed(new PlainError('The demo town was not laid out; the reason stands above'))
    })
  })
}
