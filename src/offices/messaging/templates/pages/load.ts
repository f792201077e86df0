import { may } from '../../../../kernel/access/index.ts'
import type { MessageEvent } from '../../../../kernel/definition/index.ts'
import { checkWords, type WordsFinding } from '../../../../kernel/messages/index.ts'
import type { PartPrice } from '../../../../lib/sms/index.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, param, read } from '../../../../web/call.ts'
import { type StaffMember, staffById } from '../../../people/index.ts'
import { mayReviewWords } from '../acts.ts'
import { labelsOf, type Piece, piecesOf, withLabels } from '../labels.ts'
import { byKey, lineOf, type WordsLine } from '../list.ts'
import { everyKey, isOpen, type TownWords } from '../model.ts'
import { previewerOf } from '../preview.ts'
import { priceOfPart } from '../price.ts'
import { versionsOf } from '../store.ts'
import { ofOffice, type Subject, subjectOf } from '../subject.ts'
import { namedIn } from './words.tsx'

/** What a look at a request for a preview is audited as. */
export const previewAct = 'messaging.words-previewed'

/** The words filled with what a request holds, or why they are not. */
export type Preview =
  | { number: string; pieces: Piece[]; refused?: undefined }
  | { number: string; pieces?: undefined; refused: 'not-found' | 'other' }

/** All the page of an occasion shows. */
export type WordsView = {
  subject: Subject
  /** The newest first. */
  versions: TownWords[]
  open: TownWords | undefined
  line: WordsLine
  staff: Map<string, StaffMember>
  price: PartPrice | undefined
  /** Names as they are shown while a text is written. */
  labels: Map<string, string>
  /** The text in hand, with its names as the definition knows them. */
  body: string
  sample: Piece[]
  preview: Preview | undefined
  findings: WordsFinding[]
  /** The town's words that hold are not sent: what they name is not known any more. */
  broken: boolean
  can: { write: boolean; review: boolean; second: boolean; design: boolean }
}

/** What the visitor has in hand instead of what is kept. */
export type InHand = { body?: string | undefined; request: string }

/** Reads an occasion as its page shows it; `inHand` is what was typed. */
export async function loadWords(
  call: Call,
  typed?: (labels: ReadonlyMap<string, string>) => InHand,
): Promise<WordsView> {
  const { actor } = call.visitor
  const me = actorKey(actor).id
  return read(call, async tx => {
    const subject = await subjectOf(tx, call, param(call, 'of'), param(call, 'event'))
    const labels = labelsOf(subject.names, call.locale)
    const inHand = typed?.(labels) ?? { request: call.query.request ?? '' }
    const versions = await versionsOf(tx, subject.key)
    const every = subject.service ? await versionsOf(tx, everyKey(subject.event as MessageEvent)) : []
    const line = lineOf(subject, byKey([...versions, ...every]), tx.now)
    const open = versions.find(isOpen)
    const body = inHand.body ?? open?.body ?? line.body ?? subject.suggested
    const readable = findingsOf(body, subject)
    return {
      broken:
        line.from !== 'given' && line.body !== undefined && isFaulty(checkWords(line.body, subject.terms)),
      subject,
      versions,
      open,
      line,
      labels,
      body,
      findings: readable.findings,
      staff: await staffById(tx, namedIn(versions)),
      price: await priceOfPart(tx),
      sample: readable.pieces({}),
      preview: inHand.request === '' ? undefined : await previewOf(),
      can: {
        write: may(actor, 'template.write'),
        review: may(actor, 'template.review'),
        design: may(actor, 'catalogue.publish'),
        second: open !== undefined && mayReviewWords(versions, open, me),
      },
    }

    async function previewOf(): Promise<Preview> {
      const number = inHand.request.slice(0, 40)
      const event = subject.event as MessageEvent
      const previewer = subject.of === ofOffice ? undefined : previewerOf(call.house)
      const found = await previewer?.(tx, call, { number, event, act: previewAct })
      if (!found) return { number, refused: 'not-found' }
      if (subject.service && found.serviceCode !== subject.service.code) return { number, refused: 'other' }
      return { number: found.number, pieces: readable.pieces(found.values) }
    }
  })
}

const isFaulty = (findings: readonly WordsFinding[]): boolean =>
  findings.some(({ severity }) => severity === 'fault')

/** What is wrong with a text, and the text in pieces: one that cannot be read is one piece as it stands. */
function findingsOf(body: string, subject: Subject) {
  const findings = checkWords(body, subject.terms)
  const unreadable = findings.some(({ code }) => code === 'words-syntax')
  const known = new Set(subject.names.map(({ name }) => name))
  // A name that is not known stays as it was typed.
  const strange = findings.flatMap(({ values }) =>
    typeof values.name === 'string' && !known.has(values.name) ? [values.name] : [],
  )
  const names = [
    ...subject.names,
    ...strange.map(name => ({ name, label: { ar: name, en: name }, by: 'town' as const, sample: name })),
  ]
  return {
    findings,
    pieces: (real: Readonly<Record<string, string>>): Piece[] => {
      if (unreadable) return [{ text: body }]
      return piecesOf(body, { names }, real)
    },
  }
}

/** The text as it stands in its field. */
export const bodyInField = ({ body, labels }: Pick<WordsView, 'body' | 'labels'>): string =>
  withLabels(body, labels)
