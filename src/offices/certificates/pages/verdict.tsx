import { addresses } from '../../../lib/addresses.ts'
import { shortDate } from '../../../lib/dates.ts'
import {
  CitizenLayout,
  DateText,
  KeyValues,
  LinkButton,
  Note,
  type Pair,
  PersonName,
  Read,
  SealedLine,
  Stack,
  usePage,
  useTexts,
  Verdict,
  type VerdictTone,
} from '../../../ui/index.ts'
import type { SealMark } from '../../audit/index.ts'
import { type Certificate, outgoingNumber, type Standing } from '../model.ts'
import { certificateTexts } from '../strings.ts'

const tones: Record<Standing, VerdictTone> = {
  valid: 'olive',
  expired: 'honey',
  revoked: 'sumac',
  replaced: 'sumac',
}

export type VerdictPageProps = {
  certificate: Certificate
  standing: Standing
  /** The file itself was compared, byte by byte. */
  sameFile?: boolean
  /** Where it stands in the sealed log, once it does. */
  mark?: SealMark | undefined
}

/** What the town says of one paper: whether it stands, and what to compare the paper with. No number, address or whole name. */
export function VerdictPage({ certificate, standing, sameFile, mark }: VerdictPageProps) {
  const t = useTexts(certificateTexts)
  const page = usePage()
  const { stateAt, validUntil } = certificate
  const since = standing === 'expired' ? validUntil : stateAt
  const title = t(`verdict-${standing}`)
  return (
    <CitizenLayout title={title} unlisted>
      <Read>
        <Stack gap="large">
          <Verdict tone={tones[standing]} title={title}>
            {standing !== 'valid' && since
              ? t(`verdict-${standing}-body`, { date: shortDate(since, page) })
              : null}
          </Verdict>
          {sameFile && <Note tone="olive">{t('verdict-file-same')}</Note>}
          <KeyValues pairs={factsOf(certificate, t)} />
          {mark && (
            <SealedLine
              number={mark.number}
              sealedAt={mark.sealedAt}
              proof={page.url(addresses.verifyProof, { code: certificate.code })}
            />
          )}
          {!sameFile && <Note small>{t('verify-paper-warning')}</Note>}
          <p>
            <LinkButton href={page.url(addresses.verify)} variant="quiet">
              {t('verify-again')}
            </LinkButton>
          </p>
        </Stack>
      </Read>
    </CitizenLayout>
  )
}

type Speak = ReturnType<typeof useTexts<keyof (typeof certificateTexts)['ar']>>

function factsOf(certificate: Certificate, t: Speak): Pair[] {
  const { kept, signedAt, signer, validUntil } = certificate
  return [
    { term: t('fact-what'), value: kept.title },
    { term: t('fact-number'), value: outgoingNumber(certificate) },
    { term: t('fact-date'), value: <DateText value={signedAt} form="paper" /> },
    {
      term: t('fact-holder'),
      value: (
        <>
          <PersonName strong>{kept.holder.masked}</PersonName>{' '}
          <small className="dim">{t('holder-hint')}</small>
        </>
      ),
    },
    {
      term: t('fact-signer'),
      value: (
        <>
          <PersonName>{signer.name}</PersonName> <small className="dim">{signer.title}</small>
        </>
      ),
    },
    {
      term: t('fact-until'),
      value: validUntil ? <DateText value={validUntil} form="paper" /> : t('fact-no-term'),
    },
  ]
}

/** Nothing of ours has this code, or is this file. */
export function UnknownPage({ what }: { what: 'code' | 'file' }) {
  const t = useTexts(certificateTexts)
  const key = what === 'code' ? 'verdict-unknown' : 'verdict-file-unknown'
  return (
    <CitizenLayout title={t(key)} unlisted>
      <Read>
        <Stack gap="large">
          <Verdict tone="sumac" title={t(key)}>
            {t(`${key}-body`)}
          </Verdict>
          <Again />
        </Stack>
      </Read>
    </CitizenLayout>
  )
}

export function BusyPage() {
  const t = useTexts(certificateTexts)
  return (
    <CitizenLayout title={t('verify-title')} unlisted>
      <Read>
        <Stack gap="large">
          <Verdict tone="honey" title={t('verify-busy')} />
          <Again />
        </Stack>
      </Read>
    </CitizenLayout>
  )
}

function Again() {
  const t = useTexts(certificateTexts)
  const page = usePage()
  return (
    <p>
      <LinkButton href={page.url(addresses.verify)}>{t('verify-again')}</LinkButton>
    </p>
  )
}
