import { type Loss, loseTheMachine, losses } from './restore/drill.ts'
import type { Script } from './results.ts'

const names: Record<Loss, string> = {
  wait: 'disk lost, acts wait for BACKUP_DIR (BACKUP_WAIT=true)',
  follow: 'disk lost, BACKUP_DIR follows a moment behind',
  disk: 'machine lost and BACKUP_DIR away for the last part, the log read off its disk',
}
/** What follows a moment behind may lack that moment; in the other two nothing acknowledged may be lost. */
const mayLose: Record<Loss, boolean> = { wait: false, follow: true, disk: false }

/** `npm run faults -- restore [--seconds 10] [--only wait|follow|disk]`: the machine is lost under load and restored; what was acknowledged is counted. */
export const restoreScript: Script = {
  says: 'the machine lost under load with its disk, and restored from the second copy',
  async play(setting) {
    const { say, quick } = setting
    const only = setting.word('only') ?? (quick ? 'wait' : undefined)
    const loadMs = setting.number('seconds', 10, 3) * 1000
    const program = await setting.program()
    const outcome = { kills: 0, acknowledged: 0, lost: [] as string[], doubled: [] as string[] }
    const wrong: string[] = []
    const figures: Record<string, number | string> = {}
    for (const loss of losses.filter(each => only === undefined || each === only)) {
      say(names[loss])
      const told = await loseTheMachine({ loss, loadMs, program, say })
      for (const line of told.said.trim().split('\n')) say(`| ${line}`)
      outcome.kills += told.killed
      outcome.acknowledged += told.acknowledged
      outcome.doubled.push(...told.doubled)
      if (!mayLose[loss]) outcome.lost.push(...told.lost)
      wrong.push(...told.wrong)
      const seconds = (ms: number) => (ms / 1000).toFixed(1)
      figures[names[loss]] =
        `${told.acknowledged} acknowledged, ${told.lost.length} lost; restored in ${seconds(told.restoreMs)} s, served again after ${seconds(told.serveAgainMs)} s`
    }
    return { ...outcome, wrong, figures }
  },
}
