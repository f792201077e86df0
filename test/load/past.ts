import { catalogueOf } from '../../src/offices/catalogue/index.ts'
import { fileRequest } from '../../src/offices/requests/index.ts'
import { sealTown } from '../../src/offices/seal/index.ts'
import { withClient } from '../../src/platform/database/pool.ts'
import type { House } from '../../src/platform/house.ts'
import { enterOffices } from '../bench/ground.ts'
import { note } from '../bench/report.ts'
import { completeAnswers } from '../builders/requests.ts'
import { withBar } from '../bulk/bar.ts'
import { fillTown } from '../bulk/fill.ts'
import { sealFilled } from '../bulk/seal.ts'
import { withBulkSettings } from '../bulk/settings.ts'
import type { Laid } from './country.ts'
import type { Ground } from './shape.ts'

type PastSize = { persons: number; requests: number; thin?: boolean | undefined }

const words = { rows: 'rows', indexes: 'indexes', vacuum: 'vacuum and analyze', seal: 'seal' }

/** Three years of a town of its own, written at once; its last few entries are left to the sealer, who signs what the log has come to. */
export async function layPast(laid: Laid, { persons, requests, thin = false }: PastSize): Promise<void> {
  const began = performance.now()
  const { town } = laid
  await laid.inHouse(house => fileOne(house, laid))
  await laid.inHouse(house => sealTown(house, town.id))
  await withBulkSettings(laid, () =>
    laid.inHouse(({ server: { ownerUrl } }) =>
      withClient(ownerUrl, client =>
        withClient(ownerUrl, second =>
          withBar(words, async onProgress => {
            const like = await client.query<{ id: string }>('select request_id as id from request limit 1')
            await fillTown(
              client,
              {
                town: town.id,
                like: like.rows[0]?.id ?? '',
                persons,
                requests,
                whole: !thin,
                desks: [
                  { office: 'finance', role: 'officer', open: 30 },
                  { office: 'service-centre', role: 'clerk', open: 300 },
                  { office: 'planning', role: 'officer', open: 200 },
                ],
              },
              { beside: [second], onProgress },
            )
            // Filled telephones are sealed by nobody; one that was sealed stands for each, so that pages can open it.
            await client.query(`update person_phone set phone_sealed = (select phone_sealed from person_phone p join person using (municipality_id, person_id)
              where source = 'import:bench' limit 1) where length(phone_sealed) = 32`)
            await client.query('vacuum analyze person_phone')
            onProgress({ stage: 'seal', done: 0, of: 1 })
            await sealFilled(client, town.id, { whole: !thin })
            onProgress({ stage: 'seal', done: 1, of: 1 })
          }),
        ),
      ),
    ),
  )
  note(
    `a town of ${persons} people and ${requests} requests, written in ${Math.round((performance.now() - began) / 1000)} s`,
  )
}

/** A request as the portal files it, for the others to be like. */
async function fileOne(house: House, { people, town }: Laid): Promise<void> {
  const [person] = people
  if (!person) throw new Error('nobody lives here')
  enterOffices(house)
  await house.database.write(town.id, async tx =>
    fileRequest(
      tx,
      { house, town },
      {
        serviceCode: 'ADM-01',
        channel: 'web',
        capacity: 'principal',
        serviceVersion: (await catalogueOf(tx)).find('ADM-01')?.version ?? 1,
        applicantId: person.personId,
        answers: completeAnswers['ADM-01'] ?? {},
        papers: [{ paperId: 'id-copy', documentId: person.documentId, state: 'supplied' }],
        by: { kind: 'citizen', personId: person.personId, relation: 'party' },
      },
    ),
  )
}

export type Lying = Pick<Ground, 'names' | 'numbers' | 'requests'> & { office: string }

/** What is there to be looked for: names as they are typed (first, father's, family), numbers, and the requests of the busiest department. */
export const whatLies = ({ asOwner, town }: Laid): Promise<Lying> =>
  asOwner(async client => {
    const list = async (text: string) =>
      (await client.query<{ found: string }>(text, [town.id])).rows.map(row => row.found)
    const [office = 'planning'] = await list(
      `select office_code as found from task where municipality_id = $1 and role = 'officer' and state = 'open'
        group by 1 order by count(*) desc, 1 limit 1`,
    )
    return {
      office,
      names: await list(
        `select concat_ws(' ', first_name, father_name, split_part(family_name, ' ', 1)) as found from person
          where municipality_id = $1 and kind = 'natural' order by person_id limit 400`,
      ),
      numbers: await list(
        `select number || '/' || year as found from request where municipality_id = $1 order by request_id limit 400`,
      ),
      requests: (
        await client.query<{ found: string }>(
          `select distinct request_id as found from task where municipality_id = $1 and office_code = $2 and role = 'officer' and state = 'open'
            order by 1 limit 400`,
          [town.id, office],
        )
      ).rows.map(row => row.found),
    }
  })
