import { addresses } from './lib/addresses.ts'
import { navigationFor } from './navigation/index.ts'
import { openOffices } from './offices.ts'
import type { House } from './platform/house.ts'
import { type Assets, openAssets } from './web/assets.ts'
import { type Door, openDoor } from './web/door.ts'
import { type Composer, composeWith } from './web/page.tsx'
import { param } from './web/call.ts'
import { showParked } from './web/parked.tsx'
import { everyone, nothing, type Route, route } from './web/route.ts'
import { NotFound } from './lib/errors.ts'
import { showTowns } from './web/towns.tsx'

/** Puts the doors of all offices on one HTTP app. */
export async function openWindow(house: House): Promise<Door> {
  const assets = await openAssets()
  const { routes, keeper, enter } = openOffices(house)
  const composer: Composer = { navigation: navigationFor, asset: assets.url, townList: showTowns(assets) }
  composeWith(composer)
  const door = openDoor(house, [...routes, showParked, assetRoute(assets)], keeper, composer)
  enter(door.towns)
  return door
}

function assetRoute(assets: Assets): Route {
  return route({
    method: 'get',
    address: addresses.asset,
    access: everyone('styles, scripts and fonts of the pages'),
    audit: nothing('says nothing of anybody'),
    handle: call => {
      const answer = assets.serve(call.request, param(call, 'name'))
      if (!answer) throw new NotFound('no-such-page')
      return answer
    },
  })
}
