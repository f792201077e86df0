import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { translate } from '../../../lib/texts.ts'
import {
  Button,
  CheckField,
  Form,
  Head,
  Pane,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { setSetting } from '../../treasury/index.ts'
import { byOf } from '../clerk.ts'
import { confirmationKey, needsConfirmation } from '../confirm/confirmed.ts'
import { settingTexts } from './strings.ts'

export const settingRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.manageCounter,
    access: staff('settings.read'),
    audit: nothing('shows settings of the town, nothing of a person'),
    handle: show,
  }),
  route({
    method: 'post',
    address: addresses.manageCounter,
    access: staff('settings.write'),
    audit: acts('treasury.setting-set'),
    handle: save,
  }),
]

async function show(call: Call): Promise<Response> {
  const required = await read(call, tx => needsConfirmation(tx, dateIn(tx.now, call.town.timeZone)))
  const view = { required, mayWrite: may(call.visitor.actor, 'settings.write'), slug: call.town.slug }
  return showPage(call, <SettingsPage {...view} />)
}

/** From today on it is so: the rows before stay as they were. */
async function save(call: Call): Promise<Response> {
  const required = typedText(call, 'required') === 'yes'
  const decision = typedText(call, 'decision').trim().slice(0, 60)
  const answer = await write(call, async tx => {
    await setSetting(tx, {
      key: confirmationKey,
      from: dateIn(tx.now, call.town.timeZone),
      value: { required },
      by: byOf(call),
      decision: decision === '' ? undefined : decision,
    })
    return { redirect: url(call, addresses.manageCounter) }
  })
  flash(call, { text: translate(settingTexts, call.locale, 'saved') })
  return answer
}

/** What a town decides of its counter. */
function SettingsPage({ required, mayWrite, slug }: { required: boolean; mayWrite: boolean; slug: string }) {
  const t = useTexts(settingTexts)
  const { url } = usePage()
  return (
    <StaffLayout title={t('title')}>
      <Head title={t('title')} />
      <div className="read">
        <Stack>
          <Pane id="confirmation" title={t('confirmation')} icon="check">
            <p className="mut mb-s">{t('confirmation-why')}</p>
            <Form action={url(addresses.manageCounter)}>
              <CheckField name="required" label={t('required')} checked={required} />
              {mayWrite && (
                <>
                  <TextField
                    name="decision"
                    label={t('decision')}
                    maxLength={60}
                    width="mid"
                    optional
                    tight
                  />
                  <Button>{t('save')}</Button>
                </>
              )}
            </Form>
          </Pane>
          <Pane id="scans" title={t('scans')} icon="scan">
            <p className="mut mb-s">{t('scans-why')}</p>
            <p>
              {t('scans-where')} <bdi dir="ltr">{`DATA_DIR/scans/${slug}/1`}</bdi>
            </p>
          </Pane>
        </Stack>
      </div>
    </StaffLayout>
  )
}
