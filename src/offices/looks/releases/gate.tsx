import { z } from 'zod'
import { addresses } from '../../../lib/addresses.ts'
import { stripControls } from '../../../lib/arabic.ts'
import { BadRequest, type Fault, Forbidden } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import { tooFewWords } from '../../../lib/ready.ts'
import {
  Button,
  Form,
  faultOf,
  Head,
  LinkButton,
  LongTextField,
  Note,
  Pane,
  Row,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { aside, type Call, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import type { AuditActor } from '../../audit/index.ts'
import { lookText, lookTexts } from '../strings.ts'
import { askRelease, takeRelease } from './store.ts'

/** A file of many people's data, as whoever decides on it reads it. */
export type BulkFile = { kind: string; title: Localized; people?: number | undefined }

const purpose = 'look-release'
const shape = z.object({
  kind: z.string(),
  title: z.object({ ar: z.string(), en: z.string() }),
  people: z.number().optional(),
  address: z.string(),
})
export function staffIn(call: Call): AuditActor & { kind: 'staff' } {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return { kind: 'staff', id: actor.staffId, office: actor.appointments[0]?.office }
}

/** The address of a file without the release it is taken by: what was asked for is what is taken. */
function addressOf(here: string): string {
  const at = new URL(here, 'http://town.invalid')
  at.searchParams.delete('release')
  return at.pathname + at.search
}

/**
 * A file of many people's data leaves through two: without a release it asks what for; with one that another granted it is made, once, for
 * who asked, within the hour. Wraps the GET that makes the file.
 */
export async function throughTwo(
  call: Call,
  file: BulkFile,
  make: () => Promise<Response> | Response,
): Promise<Response> {
  const address = addressOf(call.here)
  const { release } = call.query
  if (release === undefined || !isId(release)) return showAsk(call, { ...file, address }, '', [], 200)
  // Taken before the first byte: a file that broke off was taken all the same.
  await aside(call, tx => takeRelease(tx, { id: release, address }, staffIn(call)))
  return make()
}

/** Whether a released file is being taken, which asks again who it is: `stepUp` of every address whose file goes through two. */
export const takesRelease = ({ query }: Call): boolean => query.release !== undefined

/** Asks for a file whose address and reason are known already. Gives where it waits. */
export async function askForFile(
  call: Call,
  file: BulkFile & { address: string; why: string },
): Promise<Response> {
  const answer = await write(call, async tx => {
    await askRelease(tx, { ...file, people: file.people }, staffIn(call))
    return { redirect: url(call, addresses.releases) }
  })
  flash(call, { text: lookText(call.locale, 'release-asked'), tone: 'honey' })
  return answer
}

/** POST: what the file is for. Its address comes sealed from the page that asked. */
export async function sayWhatFor(call: Call): Promise<Response> {
  const file = opened(call, typedText(call, 'file'))
  const why = stripControls(typedText(call, 'why')).trim().slice(0, 300)
  const faults = tooFewWords('why', why)
  if (faults.length > 0) return showAsk(call, file, why, faults, 422)
  return askForFile(call, { ...file, why })
}

function opened(call: Call, sealed: string): z.output<typeof shape> {
  try {
    const { crypto } = call.house
    return shape.parse(JSON.parse(crypto.open(call.town.id, purpose, Buffer.from(sealed, 'base64url'))))
  } catch (error) {
    throw new BadRequest('bad-form', {}, { cause: error })
  }
}

function showAsk(
  call: Call,
  file: z.output<typeof shape>,
  why: string,
  faults: Fault[],
  status: number,
): Promise<Response> | Response {
  const sealed = call.house.crypto.seal(call.town.id, purpose, JSON.stringify(file)).toString('base64url')
  const title = lookText(call.locale, 'release-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <AskPage
        title={file.title[call.locale]}
        people={file.people}
        sealed={sealed}
        why={why}
        faults={faults}
      />
    </StaffLayout>,
    status,
  )
}

function AskPage(props: {
  title: string
  people: number | undefined
  sealed: string
  why: string
  faults: Fault[]
}) {
  const t = useTexts(lookTexts)
  const { url } = usePage()
  return (
    <div className="read">
      <Head title={t('release-title')} sub={props.title} />
      <Stack>
        <Note tone="honey" icon="eye">
          {props.people === undefined ? t('release-two') : t('release-two-of', { count: props.people })}
        </Note>
        <Pane id="why">
          <Form action={url(addresses.releases)} hidden={{ file: props.sealed }}>
            <LongTextField
              name="why"
              label={t('release-why')}
              hint={t('release-why-hint')}
              value={props.why}
              rows={3}
              maxLength={300}
              fault={faultOf(props.faults, 'why')}
            />
            <Row>
              <Button>{t('release-ask')}</Button>
              <LinkButton href={url(addresses.releases)} variant="plain">
                {t('releases')}
              </LinkButton>
            </Row>
          </Form>
        </Pane>
      </Stack>
    </div>
  )
}
