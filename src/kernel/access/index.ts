export { type AccessName, accessNames, type Grant, type Relation } from './grants.ts'
export { type Actor, type Appointment, type CitizenLevel, isRole, type Role, roles } from './model.ts'
export { allows, may, type Reach, type Row, reachOf } from './reach.ts'
