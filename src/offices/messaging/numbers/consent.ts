import type { MessageKind } from '../../../kernel/messages/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { AuditActor } from '../../audit/index.ts'
import type { OptOutWay } from './opt-out.ts'

/** The office that keeps what people agreed to, as messages know it. */
export type ConsentKeeper = {
  /** Kinds that go to nobody who did not agree to them: they are answered there, not among the kinds somebody does without. */
  kinds(tx: Read): Promise<ReadonlySet<MessageKind>>
  /** Told in the same transaction that somebody left such kinds out, at whatever address: that takes their agreement back. */
  leftOut(
    tx: Write,
    wish: { personId: string; kinds: readonly MessageKind[]; way: OptOutWay },
    by: AuditActor,
  ): Promise<void>
}

let keeper: ConsentKeeper = { kinds: async () => new Set(), leftOut: async () => {} }

/** Lent at start. */
export function lendConsents(office: ConsentKeeper): void {
  keeper = office
}

/** Kinds that need somebody's own word in this town today. */
export const kindsByConsent = (tx: Read): Promise<ReadonlySet<MessageKind>> => keeper.kinds(tx)

export const tellLeftOut: ConsentKeeper['leftOut'] = (tx, wish, by) => keeper.leftOut(tx, wish, by)
