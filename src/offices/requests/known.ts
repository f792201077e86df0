import { sql } from 'kysely'
import type { Answer, Answers, CompiledField, Field } from '../../kernel/definition/index.ts'
import type { Crypto } from '../../platform/crypto/index.ts'
import type { Read } from '../../platform/database/transaction.ts'
import { getPerson, primaryPhone } from '../people/index.ts'

/** Where the town knows an answer from: the person's record, their telephone, or what they answered the last time. */
export type KnownFrom = 'record' | 'phone' | 'request'

/** Answers offered before anybody typed them, with their source. */
export type Known = { answers: Answers; from: ReadonlyMap<string, KnownFrom> }

export const nothingKnown: Known = { answers: {}, from: new Map() }

/** As many of somebody's latest requests as are looked through for an answer given before. */
const latest = 20

/**
 * What the town knows already of what these questions ask a person: each with `prefill` and no answer yet. Of the person themselves alone:
 * whoever acts for another is offered nothing of theirs.
 */
export async function knownAnswers(
  tx: Read,
  { crypto }: { crypto: Crypto },
  personId: string,
  fields: readonly CompiledField[],
  answered: Answers,
): Promise<Known> {
  const asked = fields
    .map(({ field }) => field)
    .filter(({ id, prefill }) => prefill && answered[id] === undefined)
  if (asked.length === 0) return nothingKnown
  const wants = (what: Field['prefill']) => asked.some(({ prefill }) => prefill === what)
  const home = wants('address') ? (await getPerson(tx, personId)).address : undefined
  const phone = wants('phone') ? await primaryPhone(tx, crypto, personId) : undefined
  const before = asked.some(
    ({ prefill }) => prefill === 'last-answer' || (prefill === 'address' && !isPlace(home)),
  )
    ? await latestAnswers(tx, personId)
    : []
  const answers: Answers = {}
  const from = new Map<string, KnownFrom>()
  const offer = (field: Field, answer: Answer | undefined, source: KnownFrom) => {
    if (answer === undefined || from.has(field.id)) return
    answers[field.id] = answer
    from.set(field.id, source)
  }
  for (const field of asked) {
    if (field.prefill === 'address' && home && isPlace(home)) offer(field, { ...home }, 'record')
    if (field.prefill === 'phone' && phone) offer(field, phone.e164, 'phone')
    if (field.prefill === 'phone') continue
    offer(
      field,
      before.map(each => each[field.id]).find(answer => fits(field, answer)),
      'request',
    )
  }
  return { answers, from }
}

type Place = { block: string; parcel: string; landmark: string }

/** A place that can be found: by block and parcel, or by a landmark. */
const isPlace = (place: Place | undefined): boolean =>
  place !== undefined && ((place.block !== '' && place.parcel !== '') || place.landmark !== '')

/** Whether what was answered under the same name is an answer to this question: another service may ask something else by it. */
function fits({ kind, options = [] }: Field, answer: Answer | undefined): boolean {
  switch (kind) {
    case 'address':
      return typeof answer === 'object' && 'landmark' in answer && isPlace(answer)
    case 'choice':
      return options.some(({ id }) => id === answer)
    case 'whole-number':
    case 'decimal':
      return typeof answer === 'number'
    case 'yes-no':
      return typeof answer === 'boolean'
    case 'text':
    case 'long-text':
    case 'phone':
      return typeof answer === 'string'
    default:
      return false
  }
}

/** What a person answered lately, the newest first. */
async function latestAnswers(tx: Read, personId: string): Promise<Answers[]> {
  const { rows } = await sql<{ answers: Answers }>`
    select answers from request where municipality_id = ${tx.town} and applicant_id = ${personId}
     order by filed_at desc limit ${latest}`.execute(tx.q)
  return rows.map(row => row.answers)
}
