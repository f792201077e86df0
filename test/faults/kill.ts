import { median, quantile } from '../bench/report.ts'
import { startBar } from './bar.ts'
import type { Script } from './results.ts'
import { killInRounds } from './rounds.ts'

/** `npm run faults -- kill [--rounds 720]`: server, worker and PostgreSQL killed under load; nothing acknowledged may be lost or doubled. */
export const killScript: Script = {
  says: 'server, worker and PostgreSQL killed with kill -9 while people file, send papers and pay',
  async play(setting) {
    const { seed, say } = setting
    const rounds = setting.number('rounds', 720, 25)
    const program = await setting.program()
    const bar = startBar(rounds)
    const { reached } = bar
    const outcome = await killInRounds({ rounds, seed, program, say, reached }).finally(() => bar.stop())
    const total = Object.values(outcome.kills).reduce((sum, each) => sum + each, 0)
    const { acknowledged, lost, doubled, wrong, fell, recoveryMs, killingMs, retries } = outcome
    return {
      kills: total,
      acknowledged,
      lost,
      doubled,
      wrong: fell === 0 ? wrong : [...wrong, `a process ended ${fell} times though others were killed`],
      figures: {
        'sent again': retries,
        'kills a minute': Math.round(total / (killingMs / 60_000)),
        'ready again, median, ms': Math.round(median(recoveryMs)),
        'ready again, 95 of 100, ms': Math.round(quantile(recoveryMs, 0.95)),
        victims: Object.entries(outcome.kills)
          .map(([victim, times]) => `${victim} ${times}`)
          .join(', '),
      },
    }
  },
}
