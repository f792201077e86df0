import { z } from 'zod'
import type { Answers } from './model.ts'
import { day, slug, text } from './schema-words.ts'

const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)

/** Answers of any form: whether they answer this service's questions is found when the example runs. */
const answers: z.ZodType<Answers> = z.record(
  z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*$/)
    .max(40),
  z.custom<Answers[string]>(),
)

/** The cases of a service; `act` is the list of acts, which belongs to the steps. */
export const examplesSchema = <Act extends z.ZodType<string>>(act: Act) => {
  const done = z.strictObject({
    step: slug.exactOptional(),
    act: act.exactOptional(),
    opinion: slug.exactOptional(),
    fields: answers.exactOptional(),
    papers: z.array(slug).min(1).max(60).exactOptional(),
    ground: slug.exactOptional(),
    note: text.exactOptional(),
    to: slug.exactOptional(),
    purpose: z.enum(['opinion', 'information']).exactOptional(),
    until: day.exactOptional(),
    session: z.strictObject({ number: text, date: day, decision: text }).exactOptional(),
    appointment: z.strictObject({ from: instant, to: instant }).exactOptional(),
    parts: z.record(slug, z.enum(['running', 'done', 'rejected', 'withdrawn'])).exactOptional(),
    wait: z.number().min(0).max(10_000).exactOptional(),
  })
  return z
    .array(
      z.strictObject({
        id: slug,
        name: z.strictObject({ ar: text, en: text }),
        today: day.exactOptional(),
        capacity: z
          .enum(['principal', 'agent', 'guardian', 'heir', 'partner', 'tenant', 'representative'])
          .exactOptional(),
        channel: z.enum(['web', 'counter', 'api']).exactOptional(),
        answers,
        acts: z.array(z.union([slug, done])).max(100),
        expect: z.strictObject({
          papers: z.array(slug).max(60),
          fees: z.record(slug, z.string().regex(/^\d{1,9}(\.\d{1,3})? (ILS|JOD|USD)$/)),
          way: z.array(slug).max(200),
          messages: z.array(slug).max(200),
          state: slug,
          due: z.union([day, z.literal('none')]),
        }),
      }),
    )
    .max(100)
}
