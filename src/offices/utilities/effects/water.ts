import { registerEffect } from '../../requests/index.ts'
import { moveMeter, recordMeterTest, replaceMeter } from './meter.ts'
import { reads } from './reads.ts'
import { activate, suspend } from './suspend.ts'
import { transferHolder } from './transfer-holder.ts'

/** What services of water do to a subscription, besides opening one. */
export function registerWaterEffects(): void {
  registerEffect('utilities.suspend-water', suspend('water'), reads.suspend)
  registerEffect('utilities.activate-water', activate('water'), reads.activate)
  registerEffect('utilities.transfer-water', transferHolder('water'), reads.transfer)
  registerEffect('utilities.replace-water-meter', replaceMeter('water'), reads.replaceMeter)
  registerEffect('utilities.move-water-meter', moveMeter('water'), reads.moveMeter)
  registerEffect('utilities.record-water-meter-test', recordMeterTest('water'), reads.meterTest)
}
