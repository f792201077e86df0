import { CitizenKit } from './kit/citizen-kit.tsx'
import { PaperKit } from './kit/paper-kit.tsx'
import { StaffKit } from './kit/staff-kit.tsx'

/** Which sheet of parts: what citizens see, what offices see, what is printed. */
export type KitSide = 'citizen' | 'staff' | 'paper'

/** The sheet of every part in one place, for towns that practise and for tests. */
export function Kit({ side }: { side: KitSide }) {
  if (side === 'staff') return <StaffKit />
  return side === 'paper' ? <PaperKit /> : <CitizenKit />
}
