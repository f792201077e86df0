import { addresses } from '../../../lib/addresses.ts'
import {
  DateText,
  Flag,
  Head,
  KeyValues,
  LinkButton,
  Note,
  Num,
  type Pair,
  Pane,
  PersonName,
  Row,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Certificate, outgoingNumber, type Standing } from '../model.ts'
import { certificateTexts } from '../strings.ts'

type Props = { certificate: Certificate; standing: Standing; ends: boolean }

/** One certificate at the office: its state and history, its file, and what may be done with it. */
export function CertificatePage({ certificate, standing, ends }: Props) {
  const t = useTexts(certificateTexts)
  const page = usePage()
  const { id, kept, documentId, requestId, stateReason, stateAt, replacedBy } = certificate
  const title = `${kept.title} ${outgoingNumber(certificate)}`
  return (
    <StaffLayout title={title}>
      <Stack>
        <Head
          title={title}
          actions={
            <LinkButton href={page.url(addresses.document, { id: documentId })} icon="doc" newTab>
              {t('staff-pdf')}
            </LinkButton>
          }
        />
        {stateAt && (
          <Note tone="sumac" title={t(`state-${standing}`)}>
            <DateText value={stateAt} form="full" /> · {t('state-reason')}: {stateReason}{' '}
            {replacedBy && (
              <a href={page.url(addresses.certificate, { id: replacedBy })}>{t('staff-replacement')}</a>
            )}
          </Note>
        )}
        <Pane>
          <KeyValues pairs={usePairs(certificate, standing)} />
        </Pane>
        <Row>
          <LinkButton href={page.url(addresses.officeRequest, { id: requestId })} variant="quiet">
            {t('staff-open-request')}
          </LinkButton>
          {ends && certificate.state === 'valid' && (
            <>
              <LinkButton href={page.url(addresses.certificateReissue, { id })} variant="quiet">
                {t('staff-reissue')}
              </LinkButton>
              <LinkButton href={page.url(addresses.certificateRevoke, { id })} variant="stop">
                {t('staff-revoke')}
              </LinkButton>
            </>
          )}
        </Row>
        {!ends && certificate.state === 'valid' && <p className="sm mut">{t('not-yours')}</p>}
      </Stack>
    </StaffLayout>
  )
}

const looks = {
  valid: { tone: 'olive', icon: 'ok' },
  expired: { tone: 'honey', icon: 'warn' },
  revoked: { tone: 'sumac', icon: 'no' },
  replaced: { tone: 'sumac', icon: 'no' },
} as const

function usePairs(certificate: Certificate, standing: Standing): Pair[] {
  const t = useTexts(certificateTexts)
  const { kept, signer, signedAt, validUntil, code } = certificate
  return [
    { term: t('staff-state'), value: <Flag {...looks[standing]}>{t(`state-${standing}`)}</Flag> },
    { term: t('fact-number'), value: outgoingNumber(certificate) },
    { term: t('fact-holder'), value: <PersonName strong>{kept.holder.name}</PersonName> },
    { term: t('fact-date'), value: <DateText value={signedAt} form="full" /> },
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
    { term: t('staff-request'), value: kept.requestNumber },
    { term: t('staff-code'), value: <Num>{code}</Num> },
  ]
}
