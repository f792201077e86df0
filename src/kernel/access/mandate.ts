import type { AccessName } from './grants.ts'

/** What somebody may be let to do in another's place; one mandate names several. */
export const mandateActs = ['requests', 'file', 'dues', 'pay', 'collect', 'data'] as const
export type MandateAct = (typeof mandateActs)[number]
export const isMandateAct = (text: string): text is MandateAct =>
  (mandateActs as readonly string[]).includes(text)

/** Whose place a citizen acts in just now, by which mandate, and how far it goes. */
export type InPlaceOf = {
  mandateId: string
  /** The person or organisation whose affairs they are. */
  personId: string
  acts: readonly MandateAct[]
  /** Codes of the services it is limited to; any service where it is left out. */
  services?: readonly string[] | undefined
}

/**
 * The names a mandated act opens. Who files follows what was filed, who pays reads what is owed; taking away is done at the counter, where no
 * name is asked for.
 */
const follow = ['request.read', 'request.act', 'paper.read', 'certificate.read', 'messages.read'] as const
const opened: Record<MandateAct, readonly AccessName[]> = {
  requests: follow,
  file: ['request.file', ...follow],
  dues: ['dues.read', 'receipt.read'],
  pay: ['dues.read', 'receipt.read', 'dues.pay'],
  collect: [],
  data: ['data.copy', 'correction.file', 'correction.read', 'consent.give'],
}

/** Whether a mandate opens this name. A mandate for some services says nothing of dues or messages, which are of no service. */
export function mandates({ acts, services }: InPlaceOf, name: AccessName): boolean {
  const names = acts.flatMap(act => opened[act])
  if (!names.includes(name)) return false
  return services === undefined || /^(request|paper|certificate)\./.test(name)
}
