import type {
  Answer,
  Answers,
  Capacity,
  Channel,
  Example,
  ExampleAct,
  Field,
  ServiceDefinition,
} from '../../../kernel/definition/index.ts'
import { isCurrency, toDecimal } from '../../../lib/money.ts'

/** A pretend request while it is being recorded. It is kept nowhere: each page carries it. */
export type Recording = {
  capacity: Capacity
  channel: Channel
  answers: Answers
  /** Pages of the form that were filled in; 'filed' once all were. */
  stage: 'form' | 'filed'
  acts: (string | ExampleAct)[]
}

/** The recording as a page carries it. */
export const packed = (recording: Recording): string =>
  Buffer.from(JSON.stringify(recording)).toString('base64url')

/** The recording a page carried; a fresh one for anything else. */
export function unpacked(text: string, definition: ServiceDefinition): Recording {
  const fresh: Recording = {
    capacity: definition.applicants[0] ?? 'principal',
    channel: definition.channels[0] ?? 'web',
    answers: {},
    stage: 'form',
    acts: [],
  }
  try {
    const read = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Recording>
    return {
      capacity: read.capacity ?? fresh.capacity,
      channel: read.channel ?? fresh.channel,
      answers: typeof read.answers === 'object' && read.answers !== null ? read.answers : {},
      stage: read.stage === 'filed' ? 'filed' : 'form',
      acts: Array.isArray(read.acts) ? read.acts : [],
    }
  } catch {
    return fresh
  }
}

/** The day examples are filed on: the first Sunday of this February, so that this year's prices hold. */
export function dayOf(today: string): string {
  const first = new Date(`${today.slice(0, 4)}-02-01T00:00:00Z`)
  const day = 1 + ((7 - first.getUTCDay()) % 7)
  return `${today.slice(0, 4)}-02-0${day}`
}

/** The day examples have unless they say another. */
export const usualDay = '2026-02-01'

/** The recording as an example is tried and written. */
export function exampleOf(
  recording: Recording,
  definition: ServiceDefinition,
  today: string,
): Omit<Example, 'expect' | 'id' | 'name'> {
  const day = dayOf(today)
  const fields = definition.form.pages.flatMap(page => page.fields)
  return {
    ...(day !== usualDay && { today: day }),
    ...(recording.capacity !== definition.applicants[0] && { capacity: recording.capacity }),
    ...(recording.channel !== definition.channels[0] && { channel: recording.channel }),
    answers: writtenAnswers(fields, recording.answers),
    acts: recording.acts,
  }
}

/** Answers as examples write them: an amount is '50 ILS'. */
export function writtenAnswers(fields: readonly Field[], answers: Answers): Answers {
  const kinds = new Map(fields.map(field => [field.id, field]))
  return Object.fromEntries(
    Object.entries(answers).flatMap(([id, answer]) => {
      const field = kinds.get(id)
      return answer === undefined ? [] : [[id, written(field, answer)]]
    }),
  )
}

function written(field: Field | undefined, answer: Answer): Answer {
  if (field?.kind === 'group' && Array.isArray(answer)) {
    return (answer as Answers[]).map(row => writtenAnswers(field.fields ?? [], row))
  }
  if (typeof answer !== 'object' || Array.isArray(answer) || !('minor' in answer)) return answer
  const { minor, currency } = answer as { minor: number; currency: string }
  return isCurrency(currency) ? `${toDecimal({ minor, currency })} ${currency}` : answer
}
