import type { Appointment } from '../../kernel/access/index.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { CauseKind } from '../../web/actor.ts'
import { openReason } from './grants.ts'

/** Who would look at whose data. */
export type Asked = {
  staffId: string
  appointments: readonly Appointment[]
  personId: string
  requestId?: string | undefined
  subjectKind: string
  subjectId: string
  /** The part that stands masked; undefined for the file itself. */
  part?: string | undefined
}

/** Why somebody's data may be open to this member of the staff now. */
export type Cause = {
  kind: CauseKind
  /** In the person's words, where it is not the page's own purpose. */
  words?: string | undefined
  requestId?: string | undefined
  grantId?: string | undefined
  visitId?: string | undefined
  releaseId?: string | undefined
  claim?: ((tx: Write) => Promise<unknown>) | undefined
}

/** Looks for a cause in what an office keeps: a task, a visit, an inspection under way. */
export type CauseFinder = (tx: Read, asked: Asked) => Promise<Cause | undefined>

const finders = new Map<string, CauseFinder>()

/** Lends the gate an office's finder of causes, once, when the office is loaded. They are asked in the order of their names. */
export function registerCause(name: string, find: CauseFinder): void {
  finders.set(name, find)
}

/**
 * The cause under which this member of the staff may open this person's data now; undefined where there is none. What is under way goes
 * before a reason given: the person is told of the better ground.
 */
export async function findCause(tx: Read, asked: Asked): Promise<Cause | undefined> {
  if (asked.part === undefined)
    for (const name of [...finders.keys()].sort()) {
      const cause = await finders.get(name)?.(tx, asked)
      if (cause) return cause
    }
  return openReason(tx, asked)
}
