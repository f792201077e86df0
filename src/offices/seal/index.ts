/** seal: one Merkle log for each town over what was recorded, with checkpoints anybody can keep and compare. */
export type { OutsideCheckpoint } from './check/tree.ts'
export { verifyRecord } from './check/verify.ts'
export { sealJobs } from './jobs.ts'
export { markOf } from './proofs.ts'
export { sealTown } from './sealer.ts'
