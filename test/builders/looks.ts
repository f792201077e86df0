import { registerCause } from '../../src/offices/looks/index.ts'

const name = '9-test'

/**
 * Lets a test that is not about causes open files: whoever has none of their own stands at a window with somebody. A test of the gate itself
 * takes it back (`onlyOwnCauses`).
 */
export const everyCause = (): void => registerCause(name, async () => ({ kind: 'visit' }))

/** The gate as it is: a task, a visit, an inspection or a reason given. */
export const onlyOwnCauses = (): void => registerCause(name, async () => undefined)
