import type { Outcome, Script } from '../results.ts'
import { besideNext } from './beside.ts'
import { upgradeFrom } from './upgrade.ts'

/** `npm run faults -- versions [--from COMMIT] [--seconds 20]`: this version beside the next, and (unless `--quick`) an old one upgraded to this. */
export const versionsScript: Script = {
  says: 'the next version migrates and serves beside this one; an old version is upgraded to this one',
  async play(setting) {
    const beside = await besideNext(setting)
    if (setting.quick && setting.word('from') === undefined) return beside
    return together(beside, await upgradeFrom(setting))
  },
}

const together = (one: Outcome, other: Outcome): Outcome => ({
  kills: one.kills + other.kills,
  acknowledged: one.acknowledged + other.acknowledged,
  lost: [...one.lost, ...other.lost],
  doubled: [...one.doubled, ...other.doubled],
  wrong: [...one.wrong, ...other.wrong],
  figures: { ...one.figures, ...other.figures },
})
