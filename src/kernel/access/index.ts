export { about, type Family } from './families.ts'
export { type AccessName, accessNames, type Grant, type Relation } from './grants.ts'
export { isLentAct, type LentAct, lentActs } from './lending.ts'
export { type InPlaceOf, isMandateAct, type MandateAct, mandateActs, mandates } from './mandate.ts'
export {
  type Actor,
  type Appointment,
  affairsOf,
  type CitizenLevel,
  isRole,
  type Role,
  roles,
} from './model.ts'
export { allows, may, type Reach, type Row, reachOf } from './reach.ts'
export { type Wall, wallOf, wallOfAct } from './wall.ts'
