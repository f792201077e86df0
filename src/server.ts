import { navigationFor } from './navigation/index.ts'
import { openOffices } from './offices.ts'
import type { House } from './platform/house.ts'
import { openAssets } from './web/assets.ts'
import { type Door, openDoor } from './web/door.ts'
import { composeWith } from './web/page.tsx'
import { showParked } from './web/parked.tsx'
import { showTowns } from './web/towns.tsx'

/** Puts the doors of all offices on one HTTP app. */
export async function openWindow(house: House): Promise<Door> {
  const assets = await openAssets()
  const { routes, keeper, enter } = openOffices(house)
  const composer = {
    navigation: navigationFor,
    asset: assets.url,
    assetAt: assets.serve,
    townList: showTowns(assets),
  }
  composeWith(composer)
  const door = openDoor(house, [...routes, showParked], keeper, composer)
  enter(door.towns)
  return door
}
