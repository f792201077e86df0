import { addresses } from '../../../lib/addresses.ts'
import { NotFound } from '../../../lib/errors.ts'
import {
  Crumbs,
  DateText,
  Head,
  KeyValues,
  LinkButton,
  Listing,
  Note,
  Pane,
  RootText,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import type { SealMark } from '../../audit/index.ts'
import { proofResponse } from '../../audit/index.ts'
import { markOf } from '../proofs.ts'
import { sealTexts } from '../strings.ts'
import { leafHash } from '../tree/merkle.ts'
import { findEntry, type ProvedEntry } from './store.ts'
import { WhoText } from './who.tsx'

/** `/office/audit/ENTRY`: what was sealed of one entry, and whether it still is what it was. */
export async function showEntry(call: Call): Promise<Response> {
  const { entry, mark } = await read(call, async tx => ({
    entry: await findEntry(tx, { id: idParam(call, 'entry') }),
    mark: await markOf(tx, 'audit', idParam(call, 'entry')),
  }))
  if (!entry) throw new NotFound('no-such-entry')
  return showPage(call, <EntryPage entry={entry} mark={mark} />)
}

/** The proof of one entry as a file. */
export async function serveEntryProof(call: Call): Promise<Response> {
  const id = idParam(call, 'entry')
  const proof = await read(call, async tx => (await markOf(tx, 'audit', id))?.proof())
  if (proof === undefined) throw new NotFound('nothing-sealed')
  return proofResponse(proof, id)
}

function EntryPage({ entry, mark }: { entry: ProvedEntry; mark: SealMark | undefined }) {
  const t = useTexts(sealTexts)
  const { url } = usePage()
  const hash = leafHash(entry.proof)
  const title = mark ? t('entry-title', { place: mark.number }) : t('entry-title-waiting')
  return (
    <StaffLayout title={title}>
      <Crumbs links={[{ label: t('audit'), href: url(addresses.audit) }]} />
      <Head title={title} />
      <Stack>
        {!mark && <Note>{t('entry-waits')}</Note>}
        {entry.hash &&
          (hash.equals(entry.hash) ? (
            <Note tone="olive">{t('entry-whole')}</Note>
          ) : (
            <Note tone="sumac">{t('entry-broken')}</Note>
          ))}
        <Pane>
          <KeyValues
            pairs={[
              { term: t('col-at'), value: <DateText value={entry.at} form="full" /> },
              { term: t('col-who'), value: <WhoText entry={entry} /> },
              { term: t('col-act'), value: <bdi dir="ltr">{entry.act}</bdi> },
              ...(mark
                ? [{ term: t('sealed-at'), value: <DateText value={mark.sealedAt} form="full" /> }]
                : []),
              { term: t('entry-leaf'), value: <RootText>{hash.toString('base64')}</RootText> },
            ]}
          />
          {mark && (
            <p>
              <LinkButton
                href={url(addresses.auditEntryProof, { entry: entry.id })}
                variant="quiet"
                icon="dl"
              >
                {t('entry-proof')}
              </LinkButton>
            </p>
          )}
        </Pane>
        <Pane title={t('entry-proved')} id="proved">
          <p className="sm mut">{t('entry-proved-sub')}</p>
          <Listing>{JSON.stringify(JSON.parse(entry.canonical), null, 2)}</Listing>
        </Pane>
      </Stack>
    </StaffLayout>
  )
}
