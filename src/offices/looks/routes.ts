import { addresses } from '../../lib/addresses.ts'
import { registerRefusal } from '../../web/errors.tsx'
import { acts, nothing, type Route, route, staff } from '../../web/route.ts'
import { CauseMissing } from './gate.ts'
import { openedAct } from './grants.ts'
import { askRowsWhy, sayRowsWhy } from './lists/gate.tsx'
import { listsAct } from './lists/store.ts'
import { sayWhatFor } from './releases/gate.tsx'
import { decide, showReleases } from './releases/list.tsx'
import { saveRules, showRules } from './settings.tsx'
import { askWhy, sayWhy } from './why.tsx'

registerRefusal('cause-missing', async (call, error) => {
  if (!(error instanceof CauseMissing)) throw error
  return askWhy(call, error)
})

registerRefusal('rows-cause-missing', call => askRowsWhy(call))

/** Saying why a file should be opened, and files of many that leave through two. */
export const lookRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.why,
    access: staff('look.reason'),
    audit: acts(openedAct),
    handle: sayWhy,
  }),
  route({
    method: 'post',
    address: addresses.rowsWhy,
    access: staff('look.reason'),
    handle: sayRowsWhy,
    audit: acts(listsAct),
  }),
  route({
    method: 'get',
    address: addresses.manageLooks,
    access: staff('settings.read'),
    audit: nothing('shows settings of the town, nothing of a person'),
    handle: call => showRules(call),
  }),
  route({
    method: 'post',
    address: addresses.manageLooks,
    access: staff('look.rules'),
    handle: saveRules,
    audit: acts('treasury.setting-set'),
  }),
  route({
    method: 'get',
    address: addresses.releases,
    access: staff('release.ask'),
    handle: showReleases,
    audit: nothing('shows which files were asked for, and none of them'),
  }),
  route({
    method: 'post',
    address: addresses.releases,
    access: staff('release.ask'),
    handle: sayWhatFor,
    audit: acts('release.asked'),
  }),
  route({
    method: 'post',
    address: addresses.release,
    access: staff('look.approve'),
    handle: decide,
    stepUp: true,
    audit: acts('release.decided'),
  }),
]
