import type { Write } from '../../../../platform/database/index.ts'
import { type Call, write } from '../../../../web/call.ts'
import { flash } from '../../../../web/page.tsx'
import { tillRefusal } from '../strings.ts'

type Doing = {
  /** Where it leads when it is done. */
  to: string
  said: string
  work: (tx: Write) => Promise<unknown>
  /** The same page again, with why it was refused. */
  again: (refusal: string) => Promise<Response>
}

/** An act of the treasury: done and said, or refused in words on the page it was asked from, nothing written. */
export async function act(call: Call, { to, said, work, again }: Doing): Promise<Response> {
  try {
    const answer = await write(call, async tx => {
      await work(tx)
      return { redirect: to }
    })
    flash(call, { text: said })
    return answer
  } catch (error) {
    const refusal = tillRefusal(call.locale, error)
    if (!refusal) throw error
    return again(refusal)
  }
}
