/** verify: what a town holds, compared with what its history says. */
export { verifyCommand } from './command.ts'
export { type Verified, type VerifyOptions, verifyTown } from './town.ts'
