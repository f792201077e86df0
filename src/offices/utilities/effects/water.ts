import { registerEffect } from '../../requests/index.ts'
import { moveMeter, recordMeterTest, replaceMeter } from './meter.ts'
import { activate, suspend } from './suspend.ts'
import { transferHolder } from './transfer-holder.ts'

/** What services of water do to a subscription, besides opening one. */
export function registerWaterEffects(): void {
  registerEffect('utilities.suspend-water', suspend('water'))
  registerEffect('utilities.activate-water', activate('water'))
  registerEffect('utilities.transfer-water', transferHolder('water'))
  registerEffect('utilities.replace-water-meter', replaceMeter('water'))
  registerEffect('utilities.move-water-meter', moveMeter('water'))
  registerEffect('utilities.record-water-meter-test', recordMeterTest('water'))
}
