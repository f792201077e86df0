import type { CompiledService } from '../../../../kernel/definition/index.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import type { Read } from '../../../../platform/database/transaction.ts'
import type { Call } from '../../../../web/call.ts'
import { getPerson, officesOf } from '../../../people/index.ts'
import { type Request, requestNumber } from '../../model.ts'
import {
  type PhraseValues,
  type PhraseVariable,
  phrasesOf,
  resolvePhrase,
  variablesIn,
} from '../desk/phrases.ts'
import { officesAt, staffActor } from '../desk/rights.ts'

/** A phrase with its variables written out for a request. */
export type ReadyPhrase = { id: string; text: string }

/** The phrases of whoever is at the door, one's own and of one's offices, written out for this request. */
export async function phrasesFor(
  tx: Read,
  call: Call,
  request: Request,
  service: CompiledService,
): Promise<ReadyPhrase[]> {
  const actor = staffActor(call.visitor.actor)
  const offices = officesAt(actor)
  const phrases = await phrasesOf(tx, [actor.staffId, ...offices])
  if (phrases.length === 0) return []
  const named = new Set(phrases.flatMap(({ text }) => variablesIn(text)))
  const needs = (name: PhraseVariable) => named.has(name)
  const { locale, town } = call
  const day = (at: Date) => dateIn(at, town.timeZone).split('-').map(Number).reverse().join('/')
  const values: PhraseValues = {
    number: requestNumber(request),
    name: needs('name') ? (await getPerson(tx, request.applicantId)).displayName : '',
    service: service.definition.name[locale],
    filed: day(request.filedAt),
    today: day(tx.now),
    office: needs('office')
      ? ((await officesOf(tx)).find(({ code }) => code === offices[0])?.name[locale] ?? '')
      : '',
  }
  return phrases.map(({ id, text }) => ({ id, text: resolvePhrase(text, values) }))
}
