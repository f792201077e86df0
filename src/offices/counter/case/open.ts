import { may } from '../../../kernel/access/index.ts'
import type { Answers, CompiledService, FeePoint } from '../../../kernel/definition/index.ts'
import type { DuesJudgement } from '../../../kernel/dues/index.ts'
import type { FormFault } from '../../../kernel/form/index.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Currency } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { Call } from '../../../web/call.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { lookInto } from '../../looks/index.ts'
import {
  getPeople,
  getPerson,
  idNumberOf,
  type Person,
  type Phone,
  phonesOf,
  staffById,
} from '../../people/index.ts'
import {
  accountChoices,
  assessFees,
  beneficiaryOf,
  concernedIn,
  duesOfThose,
  type FormInHand,
  type FormTown,
  filingOf,
  judgeDues,
  knownAnswers,
  type NewParty,
  nothingKnown,
  type PaperInHand,
  papersInHand,
  tariffsFor,
} from '../../requests/index.ts'
import {
  type Due,
  type DuesException,
  exceptionsFor,
  type FeeExemption,
  feeExemptionsOf,
} from '../../treasury/index.ts'
import { clerkOf } from '../clerk.ts'
import { needsConfirmation } from '../confirm/confirmed.ts'
import { partiesInHand } from '../parties/draft.ts'
import type { RefusedScan } from '../scans/folder.ts'
import { type WaitingScan, waitingScans, windowOf } from '../scans/store.ts'
import { counterDraft, exceptors } from '../store.ts'
import { counterText } from '../strings.ts'
import { type Bill, type BillWithoutRate, billFor, type Item, waysToPay } from '../till.ts'
import { type CounterNotes, notesOf, standingFaults } from './form.ts'

/** A person at the counter as every page of theirs shows them. */
export type Standing = { person: Person; idNumber: string | undefined; phones: Phone[] }

export async function standingOf(tx: Read, call: Call, personId: string): Promise<Standing> {
  const { crypto } = call.house
  const [person, idNumber, phones] = await Promise.all([
    getPerson(tx, personId),
    idNumberOf(tx, crypto, personId),
    phonesOf(tx, crypto, personId),
  ])
  return { person, idNumber, phones }
}

/** Fees of a point as they stand for these answers; `unknown` while an answer they rest on is missing. */
export type FeesAhead = { items: Item[]; unknown: boolean }

/** A request being taken in: everything its one page shows. */
export type Case = Standing & {
  form: FormInHand
  town: FormTown
  /** Answers the town knows and nobody gave yet: they stand in the boxes until the form is sent. */
  known: Answers
  /** Those named so far, besides whoever stands here. */
  parties: (NewParty & { name: string })[]
  /** Everybody the filing will name, and what is missing of their terms. */
  inHand: { parties: NewParty[]; faults: Fault[] }
  /** Whether nothing is filed before the applicant has confirmed it. */
  needsConfirmation: boolean
  /** What this window's scanner made and nobody attached yet, and what of it was refused just now. */
  scans: { waiting: WaitingScan[]; refused: RefusedScan[] }
  notes: CounterNotes
  faults: FormFault[]
  warnings: FormFault[]
  papers: PaperInHand[]
  dues: Due[]
  judgement: DuesJudgement
  exceptions: (DuesException & { name: Localized | undefined })[]
  fees: FeesAhead
  laterFees: FeesAhead
  payIn: Currency
  bill: Bill | BillWithoutRate
  /** Who may let it pass by name; asked for only where the clerk may not. */
  exceptors: { name: Localized; title: Localized }[]
}

/** The gate before a request being taken in: what was begun at the window and is not filed yet is work that lies open. */
export async function lookAtCase(tx: Read, call: Call, draftId: string): Promise<void> {
  const draft = await counterDraft(tx, draftId)
  const { personId } = draft
  const seen = { personId, subjectKind: 'person', subjectId: personId }
  const cause = counterText('ar', notesOf(draft).identitySeen ? 'cause-identity' : 'cause-visit')
  await lookInto(call, tx, { ...seen, cause })
}

/** Opens the draft with all that its page needs. `lock` holds the draft until the transaction ends. */
export async function openCase(
  tx: Read,
  call: Call,
  draftId: string,
  { lock = false, payIn }: { lock?: boolean; payIn?: string | undefined } = {},
): Promise<Case> {
  const draft = await counterDraft(tx, draftId, lock)
  const today = dateIn(tx.now, call.town.timeZone)
  const catalogue = await catalogueOf(tx)
  const { service } = catalogue.get(draft.serviceCode, draft.serviceVersion)
  const form = filingOf(draft, service, catalogue.find(draft.serviceCode)?.retired !== false, today)
  const { levels, quarters = [] } = call.town.profile
  const known =
    draft.capacity === 'principal' && Object.keys(draft.typed).length === 0
      ? await knownAnswers(
          tx,
          call.house,
          draft.personId,
          service.pages.flatMap(page => page.fields),
          draft.answers,
        )
      : nothingKnown
  const exceptions = await exceptionsFor(tx, { draftId })
  const names = await staffById(
    tx,
    exceptions.map(each => each.by),
  )
  const window = await windowOf(tx, clerkOf(call).staffId)
  const inHand = partiesInHand(draft, today)
  const who = {
    applicantId: draft.personId,
    capacity: draft.capacity,
    parties: inHand.parties,
    draftId,
  }
  const people = await getPeople(
    tx,
    draft.parties.map(({ personId }) => personId),
  )
  const nameOf = new Map(people.map(each => [each.id, each.displayName]))
  const exemptions = await feeExemptionsOf(tx, beneficiaryOf(who), today)
  const ahead = await feesAhead(tx, form, ['before-filing'], exemptions)
  const currency = waysToPay(ahead.items).find(each => each === payIn) ?? 'ILS'
  return {
    ...(await standingOf(tx, call, draft.personId)),
    form,
    town: {
      levels,
      quarters,
      accounts: await accountChoices(tx, concernedIn(who), service),
      known: known.from,
    },
    known: known.answers,
    parties: draft.parties.map(each => ({ ...each, name: nameOf.get(each.personId) ?? '' })),
    inHand,
    needsConfirmation: await needsConfirmation(tx, today),
    scans: { waiting: window === undefined ? [] : await waitingScans(tx, window), refused: [] },
    notes: notesOf(draft),
    ...standingFaults(form),
    papers: await papersInHand(tx, form),
    dues: await duesOfThose(tx, concernedIn(who), today),
    judgement: await judgeDues(tx, service, who, today),
    exceptions: exceptions.map(each => ({ ...each, name: names.get(each.by)?.name })),
    fees: ahead,
    laterFees: await feesAhead(tx, form, laterPoints, exemptions),
    payIn: currency,
    bill: await billFor(tx, ahead.items, currency),
    exceptors: may(clerkOf(call), 'dues.except') ? [] : await exceptors(tx, today),
  }
}

/** Every point past filing, in the order they are reached. */
const laterPoints: FeePoint[] = ['before-study', 'after-decision', 'before-execution', 'before-handover']

async function feesAhead(
  tx: Read,
  form: FormInHand,
  points: FeePoint[],
  exemptions: FeeExemption[],
): Promise<FeesAhead> {
  const { service, simulation, values, today } = form
  if (service.definition.fees.length === 0) return { items: [], unknown: false }
  const tariffs = await tariffsFor(tx, service, today)
  const rules = { ...values, answers: simulation.pruned, stepFields: {}, tariffs }
  try {
    const fees = points.flatMap(point => assessFees(service, point, rules, exemptions))
    return {
      items: fees.map(({ fee, amount, exemption }) => ({
        id: fee.id,
        label: fee.fee.name,
        amount,
        ...(exemption && { exemption: exemption.decision }),
      })),
      unknown: false,
    }
  } catch (error) {
    if (error instanceof Conflict) return { items: [], unknown: true }
    throw error
  }
}

/** The fee due before filing that somebody has let pass by name. */
export const feeException = (of: Case) => of.exceptions.find(each => each.scope === 'fee')

/** Whether money must be taken before this request counts as accepted. */
export const owesFee = (of: Case): boolean => of.fees.items.length > 0 && !feeException(of)

export const serviceOf = (of: Case): CompiledService => of.form.service
