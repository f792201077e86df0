import { Say, Tag, useTexts } from '../../ui/index.ts'
import type { LookAt } from '../audit/index.ts'
import { useActWords } from '../requests/index.ts'
import { oversightTexts } from './strings.ts'

/** A cause the program gave, by which it finds something again, is nothing to read. */
const isCode = (cause: string): boolean => /^[a-z][a-z0-9.:-]*$/.test(cause)

/** What was done, for which request, and whereby it was allowed; a cause that somebody wrote stands as it was written. */
export function Why({ look }: { look: LookAt }) {
  const t = useTexts(oversightTexts)
  const act = useActWords()
  return (
    <>
      {act(look.act)}
      {look.requestNumber && (
        <>
          {t('comma')}
          <Say>{t('request-number', { number: look.requestNumber })}</Say>
        </>
      )}{' '}
      {look.by && <Tag>{t(`by-${look.by}`)}</Tag>} {look.sensitive && <Tag>{t('sensitive')}</Tag>}
      {look.cause && !isCode(look.cause) && (
        <small className="mut line-note">
          <bdi>{look.cause}</bdi>
        </small>
      )}
    </>
  )
}
