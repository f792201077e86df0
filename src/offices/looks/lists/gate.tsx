import { addresses } from '../../../lib/addresses.ts'
import { oneLine } from '../../../lib/arabic.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { BadRequest, type Fault, Forbidden } from '../../../lib/errors.ts'
import { tooFewWords } from '../../../lib/ready.ts'
import {
  Button,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  Row,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { aside, type Call, read, typedText, write } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { localPath } from '../../people/index.ts'
import { staffIn } from '../releases/gate.tsx'
import { lookRules } from '../rules.ts'
import { lookText, lookTexts } from '../strings.ts'
import { addRows, giveRowsReason, rowsOn } from './store.ts'

/** A list was refused: this day's rows of people are used up, and no reason was given to go on. */
export class RowsCauseMissing extends Forbidden {
  constructor() {
    super('rows-cause-missing')
  }
}

/**
 * The gate before a long list of people on screen, once its rows are read and before they are shown. So many rows a day need no reason
 * (`looks.rules`, `rowsADay`); beyond them one is asked for, which whoever looks after the lookers reads. What is a reader's own open work is
 * not counted: those pages do not ask here.
 */
export async function passRows(call: Call, rows: number): Promise<void> {
  const { actor } = call.visitor
  if (actor.kind !== 'staff' || rows === 0) return
  const day = dateIn(call.now, call.town.timeZone)
  const passed = await aside(call, async tx => {
    const { rowsADay } = await lookRules(tx, day)
    return addRows(tx, { staffId: actor.staffId, day }, { rows, limit: rowsADay })
  })
  if (!passed) throw new RowsCauseMissing()
}

/** The answer to a list beyond the day's limit: the page that asks why. */
export const askRowsWhy = (call: Call): Promise<Response> =>
  showWhy(call, { back: call.here, typed: '', faults: [] }, 403)

/** POST: why somebody goes on. */
export async function sayRowsWhy(call: Call): Promise<Response> {
  const by = staffIn(call)
  const back = localPath(typedText(call, 'back'))
  if (!back) throw new BadRequest('bad-form')
  const words = oneLine(typedText(call, 'words'), 300)
  const faults = tooFewWords('words', words)
  if (faults.length > 0) return showWhy(call, { back, typed: words, faults }, 422)
  const day = dateIn(call.now, call.town.timeZone)
  return write(call, async tx => {
    await giveRowsReason(tx, { staffId: by.id, day, words, address: back }, by)
    return { redirect: call.town.prefix + back }
  })
}

type View = { back: string; typed: string; faults: Fault[] }

async function showWhy(call: Call, view: View, status: number): Promise<Response> {
  const day = dateIn(call.now, call.town.timeZone)
  const staffId = staffIn(call).id
  const { rows, limit } = await read(call, async tx => ({
    rows: await rowsOn(tx, { staffId, day }),
    limit: (await lookRules(tx, day)).rowsADay,
  }))
  const title = lookText(call.locale, 'rows-why')
  return showPage(
    call,
    <StaffLayout title={title} faults={view.faults}>
      <WhyPage {...view} rows={rows} limit={limit} />
    </StaffLayout>,
    status,
  )
}

function WhyPage({ back, typed, faults, rows, limit }: View & { rows: number; limit: number }) {
  const t = useTexts(lookTexts)
  const { url } = usePage()
  return (
    <div className="read">
      <Head title={t('rows-why')} />
      <Form action={url(addresses.rowsWhy)} hidden={{ back }}>
        <Stack>
          <Note tone="honey" icon="eye">
            {t('rows-why-body', { count: rows, limit })}
          </Note>
          <Pane id="why">
            <TextField
              name="words"
              label={t('rows-why-words')}
              hint={t('rows-why-hint')}
              value={typed}
              fault={faultOf(faults, 'words')}
              maxLength={300}
              hotkey="Digit9"
            />
            <Row>
              <Button icon="eye">{t('rows-go-on')}</Button>
              <LinkButton href={url(addresses.inbox)} variant="plain" hotkey="Escape">
                {t('why-back')}
              </LinkButton>
            </Row>
          </Pane>
        </Stack>
      </Form>
    </div>
  )
}
