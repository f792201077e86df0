import { may } from '../../kernel/access/index.ts'
import { addresses } from '../../lib/addresses.ts'
import { url } from '../../web/call.ts'
import { acts, everyone, nothing, type Route, route, staff } from '../../web/route.ts'
import { lendManageNotices } from '../treasury/index.ts'
import { alarmsOf } from './pages/judge.ts'
import { showRuns } from './pages/runs.tsx'
import { readSeen } from './pages/seen.ts'
import { showStatus } from './pages/status.tsx'
import { backupText } from './strings.ts'
import { haveItDone, showUndone } from './undone/page.tsx'
import { readUndone } from './undone/store.ts'

const noPerson = nothing('dates and counts of what was kept; nothing of a person')

export const backupRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.openStatus,
    audit: noPerson,
    handle: showStatus,
    access: everyone('whether the system works and its data are kept is everybody’s affair'),
  }),
  route({
    method: 'get',
    address: addresses.manageBackups,
    audit: noPerson,
    handle: showRuns,
    access: staff('settings.write'),
  }),
  route({
    method: 'get',
    address: addresses.manageUndone,
    handle: showUndone,
    access: staff('settings.write'),
    audit: nothing('names of jobs and what the program said of them, without names and numbers of people'),
  }),
  route({
    method: 'post',
    address: addresses.manageUndone,
    handle: haveItDone,
    access: staff('settings.write'),
    audit: acts('backup.work-again'),
  }),
]

/** Whoever is administrator finds on the settings, where they start, what failed; the page says why. */
export function tellOfBackups(): void {
  lendManageNotices(async (tx, call) => {
    const { actor } = call.visitor
    if (!may(actor, 'settings.write')) return []
    const href = url(call, addresses.manageBackups)
    const alarms = alarmsOf(await readSeen(tx))
    const givenUp = (await readUndone(tx)).filter(({ nextAt }) => nextAt === undefined).length
    return [
      ...alarms.map(what => ({ text: backupText(call.locale, `notice-${what}`), href })),
      ...(givenUp > 0
        ? [
            {
              text: backupText(call.locale, 'notice-undone', { count: givenUp }),
              href: url(call, addresses.manageUndone),
            },
          ]
        : []),
    ]
  })
}
