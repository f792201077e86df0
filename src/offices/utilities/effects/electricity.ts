import { registerEffect } from '../../requests/index.ts'
import { moveMeter, recordMeterTest, replaceMeter } from './meter.ts'
import { moveSubscription } from './place.ts'
import { installPrepaid, linkSolar, raiseAmperes, toThreePhase } from './power.ts'
import { activate, suspend } from './suspend.ts'
import { closeTemporary, openTemporary } from './temporary.ts'
import { transferHolder } from './transfer-holder.ts'

/** What services of electricity do to a subscription, besides opening one. */
export function registerElectricityEffects(): void {
  registerEffect('utilities.suspend-electricity', suspend('electricity'))
  registerEffect('utilities.activate-electricity', activate('electricity'))
  registerEffect('utilities.transfer-electricity', transferHolder('electricity'))
  registerEffect('utilities.replace-electricity-meter', replaceMeter('electricity'))
  registerEffect('utilities.move-electricity-meter', moveMeter('electricity'))
  registerEffect('utilities.record-electricity-meter-test', recordMeterTest('electricity'))
  registerEffect('utilities.move-electricity-subscription', moveSubscription)
  registerEffect('utilities.install-prepaid', installPrepaid)
  registerEffect('utilities.raise-amperes', raiseAmperes)
  registerEffect('utilities.to-three-phase', toThreePhase)
  registerEffect('utilities.link-solar', linkSolar)
  registerEffect('utilities.open-temporary', openTemporary)
  registerEffect('utilities.close-temporary', closeTemporary)
}
