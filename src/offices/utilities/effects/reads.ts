import type { EffectNeeds } from '../../requests/index.ts'

const needs = (...reads: string[]): EffectNeeds => ({ reads })
const newMeter = ['lastReading', 'meterNumber', 'initialReading']

/** The fields each effect takes of a request, of the form or of its officers: whoever names the effect asks for them. */
export const reads = {
  open: needs('place', 'billing', 'amperes', 'meterNumber', 'initialReading'),
  openWater: needs('place', 'billing', 'pipeDiameter', 'pipeMetres', 'meterNumber', 'initialReading'),
  toBilled: needs('subscription', 'billDelivery', 'creditLeft', ...newMeter),
  suspend: needs('subscription', 'reading'),
  activate: needs('subscription', 'reading'),
  transfer: needs('subscription', 'newHolder', 'reading'),
  replaceMeter: needs('subscription', ...newMeter),
  moveMeter: needs('subscription', 'reading', 'newSpot'),
  meterTest: needs('subscription', 'testResult', 'reading'),
  movePlace: needs('subscription', 'place', 'amperes', ...newMeter),
  raiseAmperes: needs('subscription', 'amperes'),
  threePhase: needs('subscription', 'amperes', ...newMeter),
  linkSolar: needs('subscription', 'approvedKw', ...newMeter),
  openTemporary: needs('place', 'until', 'amperes', 'meterNumber', 'initialReading'),
  closeTemporary: needs('lastReading'),
}
