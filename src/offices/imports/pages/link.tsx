import { addresses } from '../../../lib/addresses.ts'
import { type Fault, NotFound } from '../../../lib/errors.ts'
import {
  Button,
  CheckField,
  Crumbs,
  Form,
  faultOf,
  Head,
  LongTextField,
  NumberField,
  Pane,
  PasswordField,
  Read,
  StaffLayout,
  TextField,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { type Link, linkOf, readLink, type TypedLink, usualPort } from '../links/settings.ts'
import type { Source } from '../model.ts'
import { sourceKeys } from '../sealed.ts'
import { getSource, keepLink } from '../sources.ts'
import { importsText, importsTexts } from '../strings.ts'

type View = { source: Source; typed: TypedLink; daily: boolean; faults?: Fault[] }

async function load(call: Call): Promise<{ source: Source; kept: Link | undefined }> {
  const id = idParam(call, 'source')
  const found = await read(call, async tx => ({
    source: await getSource(tx, { id }),
    kept: await linkOf(tx, call.house, id),
  }))
  if (found.source.kind === 'file') throw new NotFound('no-such-source')
  return found
}

/** GET: where a source is read from; the password is never shown. */
export async function showLink(call: Call): Promise<Response> {
  const { source, kept } = await load(call)
  const port = source.kind === 'file' ? 5432 : usualPort[source.kind]
  return show(call, {
    source,
    daily: source.daily,
    typed: {
      host: kept?.host ?? '',
      port: String(kept?.port ?? port),
      database: kept?.database ?? '',
      user: kept?.user ?? '',
      password: '',
      tls: kept?.tls ? 'yes' : '',
      statement: kept?.statement ?? '',
    },
  })
}

/** POST: seals and keeps the link. */
export async function saveLink(call: Call): Promise<Response> {
  const { source, kept } = await load(call)
  const typed: TypedLink = {
    host: typedText(call, 'host'),
    port: typedText(call, 'port'),
    database: typedText(call, 'database'),
    user: typedText(call, 'user'),
    password: typedText(call, 'password'),
    tls: typedText(call, 'tls'),
    statement: typedText(call, 'statement'),
  }
  const daily = typedText(call, 'daily') !== ''
  const reading = readLink(typed, kept)
  if (!reading.ok) return show(call, { source, typed, daily, faults: reading.faults })
  const by = actorKey(call.visitor.actor)
  const answer = await write(call, async tx => {
    const sealed = sourceKeys(call.house.crypto, call.town.id, source.id).seal(reading.value)
    await keepLink(tx, source.id, { sealed, daily }, by)
    return { redirect: url(call, addresses.importSource, { source: source.id }) }
  })
  flash(call, { text: importsText(call.locale, 'link-saved') })
  return answer
}

function show(call: Call, view: View): Response {
  const title = importsText(call.locale, 'link-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={view.faults}>
      <Crumbs
        links={[
          { label: view.source.name, href: url(call, addresses.importSource, { source: view.source.id }) },
        ]}
      />
      <Read>
        <Head title={title} sub={importsText(call.locale, 'link-sub')} />
        <Pane>
          <Fields view={view} />
        </Pane>
      </Read>
    </StaffLayout>,
    view.faults ? 422 : 200,
  )
}

function Fields({ view: { source, typed, daily, faults } }: { view: View }) {
  const t = useTexts(importsTexts)
  const page = usePage()
  const field = (name: keyof TypedLink) => ({ name, value: typed[name], fault: faultOf(faults, name) })
  return (
    <Form action={page.url(addresses.importLink, { source: source.id })}>
      <TextField {...field('host')} label={t('link-host')} maxLength={200} ltr width="mid" />
      <NumberField {...field('port')} label={t('link-port')} />
      <TextField {...field('database')} label={t('link-database')} maxLength={120} ltr width="mid" />
      <TextField
        {...field('user')}
        label={t('link-user')}
        hint={t('link-user-hint')}
        maxLength={120}
        ltr
        width="mid"
      />
      <PasswordField
        {...field('password')}
        label={t('link-password')}
        hint={source.hasLink ? t('link-password-hint') : undefined}
        fresh
      />
      <div className="mb-s">
        <CheckField name="tls" label={t('link-tls')} checked={typed.tls !== ''} />
      </div>
      <LongTextField
        {...field('statement')}
        label={t('link-statement')}
        hint={t('link-statement-hint')}
        rows={6}
        maxLength={8000}
      />
      <div className="mb-s">
        <CheckField name="daily" label={t('link-daily')} hint={t('link-daily-hint')} checked={daily} />
      </div>
      <Button icon="check">{t('link-save')}</Button>
    </Form>
  )
}
