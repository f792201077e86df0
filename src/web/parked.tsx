import { sql } from 'kysely'
import { addresses } from '../lib/addresses.ts'
import { hashToken, newToken } from '../platform/crypto/index.ts'
import { Button } from '../ui/parts/button.tsx'
import { CitizenLayout } from '../ui/parts/citizen-layout.tsx'
import { Form } from '../ui/parts/form.tsx'
import { Head } from '../ui/parts/head.tsx'
import { Note } from '../ui/parts/note.tsx'
import { type Call, param, read, type Typed } from './call.ts'
import { readCookie, sessionCookie } from './cookies.ts'
import { showPage } from './page.tsx'
import { everyone, nothing, type Route, route } from './route.ts'
import { TypedFields, withoutSecrets } from './send-again.tsx'
import { doorText } from './strings.ts'

const purpose = 'parked-form'

/** Keeps a form whose writer is no longer logged in; gives the token under which it waits. Secrets are not kept. */
export async function parkForm(call: Call): Promise<string> {
  const token = newToken()
  const sealed = call.house.crypto.seal(
    call.town.id,
    purpose,
    JSON.stringify({
      typed: withoutSecrets(call.typed),
      hadFiles: Object.values(call.files)
        .flat()
        .some(({ size }) => size > 0),
    }),
  )
  // Whose log-in had ended: what a leaver wrote can be handed to whoever goes on with it.
  const session = hashToken(readCookie(call.request, sessionCookie) ?? '')
  await call.house.database.write(call.town.id, tx =>
    sql`insert into parked_form (municipality_id, token_hash, address, body_sealed, at, written_by)
        values (${call.town.id}, ${hashToken(token)}, ${call.here}, ${sealed}, ${tx.now},
                (select subject_id from session
                  where municipality_id = ${call.town.id} and token_hash = ${session} and subject_kind = 'staff'))`.execute(
      tx.q,
    ),
  )
  return token
}

/** What was typed, and whether files came with it, which are not kept. */
type Kept = { typed: Typed; hadFiles: boolean }

/** A form as it is kept. */
export type Parked = { address: string; body_sealed: Buffer }

/** After the log-in: the form as it was written, ready to be sent on. */
export const showParked: Route = route({
  method: 'get',
  address: addresses.parked,
  access: everyone('holds only what the bearer of the token typed; sending it on needs the log-in', {
    house: 'the token in the address opens one form, which names nobody',
  }),
  audit: nothing('shows a person their own words'),
  handle: async call => {
    const hash = hashToken(param(call, 'token'))
    const found = await read(call, tx =>
      sql<Parked>`select address, body_sealed from parked_form
                   where municipality_id = ${call.town.id} and token_hash = ${hash}`.execute(tx.q),
    )
    const [parked] = found.rows
    const say = (key: Parameters<typeof doorText>[1]) => doorText(call.locale, key)
    if (!parked) {
      return showPage(
        call,
        <CitizenLayout title={say('parked-gone-title')}>
          <Head title={say('parked-gone-title')} />
        </CitizenLayout>,
        404,
      )
    }
    return showPage(
      call,
      <CitizenLayout title={say('parked-title')}>
        <Head title={say('parked-title')} />
        <Note tone="info">{say('parked-body')}</Note>
        <ContinueForm call={call} parked={parked} />
      </CitizenLayout>,
    )
  },
})

/** A form that waits, as it was written, with the button that sends it on. */
export function ContinueForm({ call, parked }: { call: Call; parked: Parked }) {
  const say = (key: Parameters<typeof doorText>[1]) => doorText(call.locale, key)
  const { typed, hadFiles } = JSON.parse(
    call.house.crypto.open(call.town.id, purpose, parked.body_sealed),
  ) as Kept
  return (
    <>
      {hadFiles && (
        <Note tone="honey" icon="doc">
          {say('parked-files')}
        </Note>
      )}
      <Form action={call.town.prefix + parked.address}>
        <TypedFields typed={typed} />
        <Button big>{say('parked-continue')}</Button>
      </Form>
    </>
  )
}
