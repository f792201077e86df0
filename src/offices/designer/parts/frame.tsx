import type { ReactNode } from 'react'
import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  Crumbs,
  Flag,
  Form,
  Head,
  LinkButton,
  Note,
  StaffLayout,
  Tabs,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { nameOf, partTexts } from './strings.ts'
import { partNames, type View } from './view.ts'

const counts: Partial<Record<(typeof partNames)[number], (view: View) => number>> = {
  form: ({ read }) =>
    (read.content.form?.pages ?? []).reduce((sum, page) => sum + (page.fields?.length ?? 0), 0),
  papers: ({ read }) => read.content.papers?.length ?? 0,
  path: ({ read }) => read.content.steps?.length ?? 0,
  fees: ({ read }) => read.content.fees?.length ?? 0,
  messages: ({ read }) => Object.keys(read.content.messages ?? {}).length,
  output: ({ read }) => read.content.outputs?.length ?? 0,
  examples: ({ read }) => ((read.content as { examples?: unknown[] }).examples ?? []).length,
  check: ({ read }) => read.faults.length,
}

/** A page of a draft: what it is, the way back and forth, its parts; the part itself below. */
export function Frame({ view, children }: { view: View; children: ReactNode }) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { draft } = view.read
  const name = local(draft.name)
  return (
    <StaffLayout title={t('frame-title', { name })} faults={view.faults}>
      <Crumbs links={[{ label: t('frame-back'), href: url(addresses.designer) }]} />
      <Head title={name} sub={<Standing view={view} />} actions={<Doors view={view} />} />
      <Tabs
        label={t('tabs')}
        tabs={[
          ...partNames.map(part => ({
            label: t(`tab-${part}`),
            href: url(addresses.designerPart, { draft: draft.id, part }),
            count: counts[part]?.(view) || undefined,
            current: part === view.part,
          })),
          { label: t('tab-history'), href: url(addresses.designerHistory, { draft: draft.id }) },
        ]}
      />
      <div className="mt stack">
        {!view.writable && <Note tone="honey">{t('not-writable')}</Note>}
        {view.conflicts.length > 0 && <Conflicts view={view} />}
        {children}
      </div>
    </StaffLayout>
  )
}

function Standing({ view: { read, published } }: { view: View }) {
  const t = useTexts(partTexts)
  const { locale } = usePage()
  const { draft, faults } = read
  return (
    <span className="row">
      <span>{nameOf(locale, 'state', draft.state)}</span>
      <span className="mut">{draft.code}</span>
      {published && <span className="mut">{t('frame-published', published)}</span>}
      {faults.length > 0 ? (
        <Flag icon="warn" tone="honey">
          {t('frame-faults', { count: faults.length })}
        </Flag>
      ) : (
        <Flag icon="ok" tone="olive">
          {t('frame-clean')}
        </Flag>
      )}
    </span>
  )
}

function Doors({ view: { read, writable, part, open } }: { view: View }) {
  const t = useTexts(partTexts)
  const { url } = usePage()
  const { draft, undo, redo } = read
  const at = { draft: draft.id }
  return (
    <>
      {writable && (
        <Form
          action={url(addresses.designerPart, { ...at, part })}
          hidden={{ revision: String(draft.revision), open }}
          inline
          label={t('undo-form')}
        >
          {undo && (
            <Button variant="plain" name="do" value="undo" hotkey="Ctrl+KeyZ">
              {t('undo')}
            </Button>
          )}
          {redo && (
            <Button variant="plain" name="do" value="redo" hotkey="Ctrl+KeyY">
              {t('redo')}
            </Button>
          )}
        </Form>
      )}
      <LinkButton variant="quiet" icon="eye" href={url(addresses.designerPreview, { ...at, as: 'sheet' })}>
        {t('preview')}
      </LinkButton>
      <LinkButton
        variant="quiet"
        icon="ok"
        href={url(addresses.designerPart, { ...at, part: 'examples' })}
        hotkey="F9"
      >
        {t('run-examples')}
      </LinkButton>
      <LinkButton href={url(addresses.designerDraft, at)}>{t('to-draft')}</LinkButton>
    </>
  )
}

/** Two people changed the same place: both are shown, and the reader decides by saving again. */
function Conflicts({ view: { conflicts } }: { view: View }) {
  const t = useTexts(partTexts)
  return (
    <Note tone="sumac" title={t('conflict-title')}>
      <ul>
        {conflicts.map(conflict => (
          <li key={conflict.path.join('/')}>
            {t('conflict-line', { theirs: shownValue(conflict.theirs), mine: shownValue(conflict.mine) })}
          </li>
        ))}
      </ul>
      {t('conflict-next')}
    </Note>
  )
}

function shownValue(value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'object') {
    const words = value as { ar?: unknown; label?: { ar?: unknown }; name?: { ar?: unknown } }
    return String(words.ar ?? words.label?.ar ?? words.name?.ar ?? '…')
  }
  return String(value)
}
