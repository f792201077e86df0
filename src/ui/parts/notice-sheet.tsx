import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useLocalized } from '../words.ts'
import { say } from './say.tsx'
import { Seal } from './seal.tsx'

export type NoticeSheetProps = {
  id: string
  /** Whom it is for, as a letter begins. */
  to: ReactNode
  about?: ReactNode
  date: ReactNode
  /** The notice itself, as it was to be sent. */
  children: ReactNode
  /** Who signs for the town, and who for having received it. */
  signers: [ReactNode, ReactNode]
}

/** A notice on half an A4, to be posted or handed over against a signature. White in every theme. */
export function NoticeSheet({ id, to, about, date, children, signers }: NoticeSheetProps) {
  const { town } = usePage()
  const local = useLocalized()
  return (
    <article className="paper a5 notice" id={id} aria-labelledby={`${id}-to`}>
      <header>
        <Seal />
        <div>
          <p className="p-town">{local(town.name)}</p>
          <p>{say(local(town.address))}</p>
        </div>
        <div className="endcol">
          <p>{say(date)}</p>
        </div>
      </header>
      <h2 id={`${id}-to`}>{say(to)}</h2>
      {about && <p className="mt-p">{say(about)}</p>}
      <p className="mt-q notice-words">{say(children)}</p>
      <div className="sign">
        <div>{say(signers[0])}</div>
        <div>{say(signers[1])}</div>
      </div>
    </article>
  )
}
