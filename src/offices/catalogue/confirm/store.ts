import { sql } from 'kysely'
import type { ServiceDefinition } from '../../../kernel/definition/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import { translate } from '../../../lib/texts.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { changeShared } from '../../../platform/kept.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { guideTexts } from '../citizen/strings.ts'
import { catalogueOf } from '../shelf.ts'

/** Something a service assumes of the town. */
export type Assumption = { item: string; words: Localized }
export type Confirmation = { code: string; item: string; words: string; ground: string; at: Date; by: string }
export type Doubt = {
  code: string
  name: Localized
  assumption: Assumption
  confirmed: Confirmation | undefined
}

/** What a definition assumes besides its tariffs, which are confirmed as the amounts they are. */
export function assumptionsOf({ guide, toConfirm = [] }: ServiceDefinition): Assumption[] {
  const { value, unit, confirmed } = guide.time
  const time = (locale: 'ar' | 'en') => translate(guideTexts, locale, `time-${unit}`, { count: value })
  return [
    ...(confirmed ? [] : [{ item: 'time', words: { ar: time('ar'), en: time('en') } }]),
    ...toConfirm.map(({ id, what }) => ({ item: id, words: what })),
  ]
}

type Row = {
  service_code: string
  item: string
  words: string
  ground: string
  confirmed_at: Date
  confirmed_by: string
}

export async function confirmationsOf(tx: Read): Promise<Confirmation[]> {
  const { rows } = await sql<Row>`
    select service_code, item, words, ground, confirmed_at, confirmed_by from service_confirmation
     where municipality_id = ${tx.town}`.execute(tx.q)
  return rows.map(row => ({
    code: row.service_code,
    item: row.item,
    words: row.words,
    ground: row.ground,
    at: row.confirmed_at,
    by: row.confirmed_by,
  }))
}

/** Everything the services on offer assume, in their order; a text that changed since is to be confirmed anew. */
export async function doubtsOf(tx: Read): Promise<Doubt[]> {
  const { offered } = await catalogueOf(tx)
  const confirmed = new Map((await confirmationsOf(tx)).map(each => [keyOf(each.code, each), each]))
  return offered.flatMap(({ code, service: { definition } }) =>
    assumptionsOf(definition).map(assumption => ({
      code,
      name: definition.name,
      assumption,
      confirmed: confirmed.get(keyOf(code, { item: assumption.item, words: assumption.words.ar })),
    })),
  )
}

const keyOf = (code: string, { item, words }: { item: string; words: string }): string =>
  `${code} ${item} ${words}`

/** Whether the town has said that a service takes the time it says. */
export async function isTimeConfirmed(tx: Read, { code, guide }: ServiceDefinition): Promise<boolean> {
  if (guide.time.confirmed) return true
  const [time] = assumptionsOf({ guide } as ServiceDefinition)
  const { rows } = await sql`
    select 1 from service_confirmation where municipality_id = ${tx.town} and service_code = ${code}
       and item = 'time' and words = ${time?.words.ar ?? ''}`.execute(tx.q)
  return rows.length > 0
}

/** Stands for all services that assume the same in the same words. */
export const everywhere = '*'

/**
 * Confirms what a service assumes, as it stands now; with `everywhere`, for all that assume the same. Confirming twice leaves the first.
 * Throws `NotFound` for what nobody assumes.
 */
export async function confirm(
  tx: Write,
  { code, item, words, ground }: { code: string; item: string; words: string; ground: string },
  by: AuditActor,
): Promise<void> {
  const meant = (await doubtsOf(tx)).filter(
    each =>
      (code === everywhere || each.code === code) &&
      each.assumption.item === item &&
      each.assumption.words.ar === words,
  )
  if (meant.length === 0) throw new NotFound('no-such-assumption')
  const open = meant.filter(({ confirmed }) => !confirmed).map(each => each.code)
  if (open.length === 0) return
  changeShared(tx)
  await sql`
    insert into service_confirmation (municipality_id, service_code, item, words, ground, confirmed_at, confirmed_by)
    select ${tx.town}, code, ${item}, ${words}, ${ground}, ${tx.now}, ${by.id} from unnest(${open}::text[]) as code
    on conflict do nothing`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'catalogue.confirm',
    subjectKind: 'service',
    subjectId: `${code}/${item}`,
  })
}
