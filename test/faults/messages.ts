import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inWords, type Verdict } from './messages/audit.ts'
import { freezeSenders, killDatabase, killSenders, loseAnswers } from './messages/processes.ts'
import { type SimulatedOutcome, simulate, scenes as simulated } from './messages/simulated.ts'
import type { Script } from './results.ts'

/**
 * `npm run faults -- messages [--kills 200] [--only NAME]`: what is done to providers, senders and the database while a town sends, and what
 * came of it. Nothing may be lost or doubled; what nobody can know is marked uncertain.
 */
export const messagesScript: Script = {
  says: 'senders killed and frozen, providers dead, answers lost, the database killed, while a town sends',
  async play(setting) {
    const { chance, say } = setting
    const only = setting.word('only')
    const kills = setting.number('kills', 200, 6)
    const program = await setting.program('test/faults/messages/sender.ts')
    const folder = mkdtempSync(join(tmpdir(), 'shubbak-ledgers-'))
    const options = { program, folder, chance, say }
    const scenes: Record<string, () => Promise<Verdict>> = {
      [`sender killed ${kills} times`]: () => killSenders(options, kills),
      'sender frozen past its lease': () => freezeSenders(options, Math.ceil(kills / 20)),
      'database killed': () => killDatabase(options, Math.ceil(kills / 10)),
      ...(setting.quick
        ? {}
        : { 'answers lost, lines cut, providers dead': () => loseAnswers(options), ...inSimulatedTime() }),
    }
    const outcome = { kills: 0, lost: [] as string[], doubled: [] as string[], wrong: [] as string[] }
    const figures: Record<string, number | string> = {}
    let messages = 0
    try {
      for (const [name, scene] of Object.entries(scenes)) {
        if (only && !name.includes(only)) continue
        const verdict = await scene()
        figures[name] = inWords(verdict)
        if ('back' in verdict) figures[`${name}, waits`] = waits(verdict as SimulatedOutcome)
        messages += verdict.messages
        if ('kills' in verdict) outcome.kills += Number(verdict.kills)
        const named = (tags: readonly number[]) => tags.map(tag => `${name}: message ${tag}`)
        outcome.lost.push(...named(verdict.lost))
        outcome.doubled.push(...named(verdict.doubled))
        outcome.wrong.push(...named(verdict.unknown).map(each => `${each} sent unknown to us`))
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    return { ...outcome, acknowledged: messages, figures }

    function inSimulatedTime(): Record<string, () => Promise<Verdict>> {
      return Object.fromEntries(
        Object.entries(simulated).map(([name, scene]) => [
          `simulated: ${name}`,
          () => simulate(scene, chance),
        ]),
      )
    }
  },
}

const waits = ({ longestWait, longestWaitInTrouble, back }: SimulatedOutcome): string =>
  `longest ${longestWait} s, in trouble ${longestWaitInTrouble} s; a provider carried again ${back} s after its return (simulated time)`
