import { addresses } from '../../../lib/addresses.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import { inLocale } from '../../../lib/localized.ts'
import {
  Beside,
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  Pane,
  SelectField,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { catalogueOf, groupNames, groups, listServiceFiles } from '../../catalogue/index.ts'
import { beginCopy, beginEmpty } from '../drafts/begin.ts'
import { designerText, designerTexts } from '../strings.ts'
import { isGroup, nothingTyped, readNew, type TypedNew } from './typed.ts'

type Kind = 'empty' | 'copy'
type Option = { value: string; label: string }
type View = { kind: Kind; typed: TypedNew; services: Option[]; faults?: Fault[] }

/** GET: the form of a new service, from nothing or as another is. */
export async function showNew(call: Call): Promise<Response> {
  const from = call.query.from ?? ''
  return show(call, {
    kind: from ? 'copy' : 'empty',
    typed: { ...nothingTyped, from },
    services: await servicesOf(call),
  })
}

async function servicesOf(call: Call): Promise<Option[]> {
  const { newest } = await read(call, catalogueOf)
  return newest.map(({ code, service }) => ({
    value: code,
    label: `${inLocale(service.definition.name, call.locale)} (${code})`,
  }))
}

/** POST: begins the draft. */
export async function saveNew(call: Call): Promise<Response> {
  const kind: Kind = typedText(call, 'kind') === 'copy' ? 'copy' : 'empty'
  const typed: TypedNew = {
    code: typedText(call, 'code'),
    ar: typedText(call, 'ar'),
    en: typedText(call, 'en'),
    group: typedText(call, 'group'),
    from: typedText(call, 'from'),
  }
  const reading = readNew(typed)
  const faults = reading.ok ? [] : reading.faults
  if (kind === 'empty' && !isGroup(typed.group)) faults.push({ field: 'group', code: 'not-an-option' })
  const catalogue = await read(call, catalogueOf)
  const from = catalogue.find(typed.from)
  if (kind === 'copy' && !from) faults.push({ field: 'from', code: 'not-an-option' })
  if (!reading.ok || faults.length > 0)
    return show(call, { kind, typed, services: await servicesOf(call), faults })
  const by = actorKey(call.visitor.actor)
  const { commons } = await listServiceFiles()
  try {
    return await write(call, async tx => {
      const of = { ...reading.value, group: typed.group, commons }
      const draft =
        kind === 'copy' && from
          ? await beginCopy(tx, { ...reading.value, from: { code: from.code, version: from.version } }, by)
          : await beginEmpty(tx, of, by)
      return { redirect: url(call, addresses.designerPart, { draft, part: 'sheet' }) }
    })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    const taken = { field: 'code', code: 'service-code-taken' }
    return show(call, { kind, typed, services: await servicesOf(call), faults: [taken] })
  }
}

function show(call: Call, view: View): Response {
  const title = designerText(call.locale, 'new-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={view.faults}>
      <Crumbs links={[{ label: designerText(call.locale, 'title'), href: url(call, addresses.designer) }]} />
      <Head title={title} sub={designerText(call.locale, 'new-sub')} />
      <Zones kind="half">
        <NewForm kind="empty" view={view} />
        <NewForm kind="copy" view={view} />
      </Zones>
    </StaffLayout>,
    view.faults ? 422 : 200,
  )
}

function NewForm({ kind, view }: { kind: Kind; view: View }) {
  const t = useTexts(designerTexts)
  const group = useTexts(groupNames)
  const page = usePage()
  const isHere = view.kind === kind
  const typed = isHere ? view.typed : nothingTyped
  const fault = (name: string) => (isHere ? faultOf(view.faults, name) : undefined)
  return (
    <Pane id={kind} title={t(`new-${kind}`)} icon={kind === 'copy' ? 'doc' : 'plus'}>
      <Stack>
        <p className="sm mut">{t(`new-${kind}-sub`)}</p>
        <Form action={page.url(addresses.designerNew)} hidden={{ kind }} label={t(`new-${kind}`)}>
          {kind === 'copy' && (
            <SelectField
              name="from"
              label={t('copy-from')}
              value={typed.from}
              options={view.services}
              fault={fault('from')}
              width="full"
            />
          )}
          <TextField
            name="ar"
            label={t('name-ar')}
            hint={t('name-ar-hint')}
            value={typed.ar}
            fault={fault('ar')}
            maxLength={120}
          />
          <TextField
            name="en"
            label={t('name-en')}
            value={typed.en}
            fault={fault('en')}
            maxLength={120}
            optional
            ltr
          />
          <Beside>
            <TextField
              name="code"
              label={t('code')}
              hint={t('code-hint')}
              value={typed.code}
              fault={fault('code')}
              maxLength={9}
              width="mid"
              ltr
            />
            {kind === 'empty' && (
              <SelectField
                name="group"
                label={t('group')}
                value={typed.group}
                options={groups.map(value => ({ value, label: group(`group-${value}`) }))}
                fault={fault('group')}
              />
            )}
          </Beside>
          <Button icon="plus" variant={kind === 'copy' ? 'quiet' : undefined}>
            {t(kind === 'copy' ? 'begin-copy' : 'begin')}
          </Button>
        </Form>
      </Stack>
    </Pane>
  )
}
