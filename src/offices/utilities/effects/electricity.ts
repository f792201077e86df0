import { registerEffect } from '../../requests/index.ts'
import { moveMeter, recordMeterTest, replaceMeter } from './meter.ts'
import { moveSubscription } from './place.ts'
import { installPrepaid, linkSolar, raiseAmperes, toThreePhase } from './power.ts'
import { reads } from './reads.ts'
import { activate, suspend } from './suspend.ts'
import { closeTemporary, openTemporary } from './temporary.ts'
import { transferHolder } from './transfer-holder.ts'

/** What services of electricity do to a subscription, besides opening one. */
export function registerElectricityEffects(): void {
  registerEffect('utilities.suspend-electricity', suspend('electricity'), reads.suspend)
  registerEffect('utilities.activate-electricity', activate('electricity'), reads.activate)
  registerEffect('utilities.transfer-electricity', transferHolder('electricity'), reads.transfer)
  registerEffect('utilities.replace-electricity-meter', replaceMeter('electricity'), reads.replaceMeter)
  registerEffect('utilities.move-electricity-meter', moveMeter('electricity'), reads.moveMeter)
  registerEffect('utilities.record-electricity-meter-test', recordMeterTest('electricity'), reads.meterTest)
  registerEffect('utilities.move-electricity-subscription', moveSubscription, reads.movePlace)
  registerEffect('utilities.install-prepaid', installPrepaid, reads.replaceMeter)
  registerEffect('utilities.raise-amperes', raiseAmperes, reads.raiseAmperes)
  registerEffect('utilities.to-three-phase', toThreePhase, reads.threePhase)
  registerEffect('utilities.link-solar', linkSolar, reads.linkSolar)
  registerEffect('utilities.open-temporary', openTemporary, reads.openTemporary)
  registerEffect('utilities.close-temporary', closeTemporary, reads.closeTemporary)
}
