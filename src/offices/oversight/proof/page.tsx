import { addresses } from '../../../lib/addresses.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import {
  CitizenLayout,
  Count,
  DateText,
  Figures,
  Head,
  KeyValues,
  Matrix,
  Note,
  Pane,
  Section,
  Stack,
  useLocalized,
  useRichTexts,
  useTexts,
} from '../../../ui/index.ts'
import type { Call } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { everyone, nothing, type Route, route } from '../../../web/route.ts'
import { type AccessProof, accessProof, relations } from './file.ts'
import { type ProofKey, proofTexts } from './strings.ts'

export const accessProofRoute: Route = route({
  method: 'get',
  address: addresses.openAccessProof,
  access: everyone('counts of a test of the program, of nobody'),
  audit: nothing('shows what a test found'),
  handle: showAccessProof,
})

/** `/open/access-proof`: what was asked in whose name, what opened, and which planted holes were found. */
function showAccessProof(call: Call): Response {
  return showPage(call, <ProofPage proof={accessProof()} />)
}

function ProofPage({ proof }: { proof: AccessProof }) {
  const t = useTexts(proofTexts)
  const { holes } = proof
  return (
    <CitizenLayout title={t('title')}>
      <Head title={t('title')} sub={t('intro')} />
      <Stack gap="large">
        <Outcome proof={proof} />
        <Figures
          figures={[
            { value: <Count of={proof.asked} />, label: t('asked'), note: t('asked-note') },
            { value: <Count of={proof.checks} />, label: t('checks'), note: t('checks-note') },
            { value: <Count of={proof.routes.length} />, label: t('routes'), note: t('routes-note') },
            { value: <Count of={proof.visitors} />, label: t('visitors'), note: t('visitors-note') },
            { value: <Count of={proof.compared} />, label: t('compared'), note: t('compared-note') },
            { value: <Count of={holes.length} />, label: t('holes'), note: t('holes-note') },
          ]}
        />
        <Opened proof={proof} />
        <Holes holes={holes} />
        <Reasons id="exceptions" list={proof.exceptions} />
        <Reasons id="unfilled" list={proof.unfilled} />
        <Section id="again" title={t('again-title')}>
          <p>{t('again')}</p>
          <p>
            <code dir="ltr">npm test -- test/access</code>
          </p>
        </Section>
      </Stack>
    </CitizenLayout>
  )
}

/** Whether anything opened that should not; before a proof was published, that there is none yet. */
function Outcome({ proof: { asked, leaks, date } }: { proof: AccessProof }) {
  const t = useTexts(proofTexts)
  const rich = useRichTexts(proofTexts)
  if (asked === 0) return <Note title={t('not-yet')} />
  const isWhole = leaks.length === 0
  return (
    <Note
      tone={isWhole ? 'olive' : 'sumac'}
      icon={isWhole ? 'check' : 'warn'}
      title={isWhole ? t('no-leak') : t('leaks', { count: leaks.length })}
    >
      <p>{rich('run-on', { date: <DateText value={date as CalendarDate} /> })}</p>
    </Note>
  )
}

/** Who down, in which relation across: how much of what was asked for opened. */
function Opened({ proof }: { proof: AccessProof }) {
  const t = useTexts(proofTexts)
  const word = (key: string) => t(key as ProofKey)
  const rows = proof.roles.map(({ role, cells }) => ({
    id: role,
    head: word(`role-${role}`),
    cells: Object.fromEntries(
      relations.flatMap(relation => {
        const cell = cells[relation]
        if (!cell || cell.asked === 0) return []
        return [[relation, <Share key={relation} {...cell} />]]
      }),
    ),
  }))
  return (
    <Section id="matrix" title={t('matrix-title')} sub={t('matrix-sub')}>
      <Matrix
        caption={t('matrix-title')}
        side={t('matrix-side')}
        columns={relations.map(relation => ({ id: relation, head: word(`relation-${relation}`) }))}
        rows={rows}
      />
    </Section>
  )
}

/** How much of what was asked for opened. */
function Share({ asked, shown }: { asked: number; shown: number }) {
  const t = useTexts(proofTexts)
  if (shown === 0) return <span className="mut">{t('nothing-of', { asked })}</span>
  return <strong>{t('shown-of', { shown, asked })}</strong>
}

function Holes({ holes }: Pick<AccessProof, 'holes'>) {
  const t = useTexts(proofTexts)
  return (
    <Pane id="holes" title={t('holes-title')}>
      <p className="mb">{t('holes-sub')}</p>
      <KeyValues
        pairs={holes.map(({ hole, wall }) => ({
          term: t(`hole-${hole}` as ProofKey),
          value: wall === 'stops it' ? t('caught-twice') : t('caught'),
        }))}
      />
    </Pane>
  )
}

function Reasons({ id, list }: { id: 'exceptions' | 'unfilled'; list: AccessProof['exceptions'] }) {
  const t = useTexts(proofTexts)
  const local = useLocalized()
  if (list.length === 0) return null
  return (
    <Section id={id} title={t(`${id}-title`)} sub={t(`${id}-sub`)}>
      <KeyValues
        kind="answers"
        pairs={list.map(({ route: at, because }) => ({
          term: <code dir="ltr">{at}</code>,
          value: local(because),
        }))}
      />
    </Section>
  )
}
