import { addresses } from '../../../lib/addresses.ts'
import { type Fault, InvalidInput } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { Confirm, StaffLayout, useLocalized, usePage, useTexts } from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, typedList, typedText, url, write } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { record } from '../../audit/index.ts'
import {
  ConfirmFields,
  confirmAsked,
  confirmationMissing,
  confirmationOf,
  confirmStaff,
} from '../../people/index.ts'
import { requestNumber } from '../../requests/index.ts'
import { signAll } from './act.ts'
import { showList, staffOf, waitingFor } from './list.tsx'
import { reportQuery } from './report.tsx'
import type { PaperToSign } from './store.ts'
import { signingTexts } from './strings.ts'

/** More of them are folded: the secrets stay in sight on a telephone. */
const shownAtOnce = 4

/** As many as an address can name. */
const most = 60

function picked(call: Call): string[] {
  const listed = typedText(call, 'requests').split(',')
  return [...new Set([...typedList(call, 'request'), ...listed])].filter(isId).slice(0, most)
}

/** POST: asks for the person again before anything is signed; nothing is written. */
export async function askAgain(call: Call): Promise<Response> {
  return showConfirm(call, [])
}

async function showConfirm(call: Call, faults: readonly Fault[]): Promise<Response> {
  const ids = picked(call)
  const papers = (await waitingFor(call)).papers.filter(({ requestId }) => ids.includes(requestId))
  if (papers.length === 0) {
    return showList(call, [{ field: 'request', code: 'nothing-picked' }])
  }
  const asked = await confirmAsked(call)
  return showPage(
    call,
    <ConfirmPage papers={papers} faults={faults} asked={asked} />,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: signs what was picked, each paper by itself, and leads to the report. */
export async function signPicked(call: Call): Promise<Response> {
  const faults = confirmationMissing(call)
  const ids = picked(call)
  if (faults.length > 0 || ids.length === 0) return showConfirm(call, faults)
  const { actor } = call.visitor
  try {
    return await write(call, async tx => {
      await confirmStaff(tx, call.house, staffOf(call), confirmationOf(call))
      const outcomes = await signAll(call, actor, ids)
      await record(tx, {
        actor: actorKey(actor),
        act: 'signing.many-signed',
        subjectKind: 'staff',
        subjectId: staffOf(call),
        cause: `${outcomes.filter(({ ok }) => ok).length}/${outcomes.length}`,
      })
      return { redirect: url(call, addresses.signReport, {}, reportQuery(outcomes)) }
    })
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    return answerAgain(call, error)
  }
}

/** The code was used already, by the same form sent a moment before: its answer stands. Else the code is wrong. */
async function answerAgain(call: Call, error: InvalidInput): Promise<Response> {
  try {
    return await write(call, async () => {
      throw error
    })
  } catch (again) {
    if (again instanceof InvalidInput) return showConfirm(call, again.faults)
    throw again
  }
}

type View = { papers: PaperToSign[]; faults: readonly Fault[]; asked: unknown }

function ConfirmPage({ papers, faults, asked }: View) {
  const t = useTexts(signingTexts)
  const local = useLocalized()
  const { url } = usePage()
  const title = t('confirm-title', { count: papers.length })
  return (
    <StaffLayout title={title} faults={faults}>
      <Confirm
        title={title}
        action={url(addresses.sign)}
        hidden={{ requests: papers.map(({ requestId }) => requestId).join(',') }}
        verb={t('confirm-verb')}
        back={url(addresses.sign)}
        fields={
          <>
            <ConfirmFields
              asked={asked}
              labels={{ password: t('password'), code: t('code') }}
              faults={faults}
            />
            <details className="sm mb-s" open={papers.length <= shownAtOnce}>
              <summary>{t('confirm-list')}</summary>
              <ul className="lines sm">
                {papers.map(paper => (
                  <li key={paper.requestId}>
                    {t('paper', { output: local(paper.output), number: requestNumber(paper) })}{' '}
                    <small className="mut">
                      <bdi>{paper.applicant}</bdi>
                    </small>
                  </li>
                ))}
              </ul>
            </details>
          </>
        }
      >
        {t('confirm-body')}
      </Confirm>
    </StaffLayout>
  )
}
