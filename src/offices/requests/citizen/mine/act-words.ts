import { useTexts } from '../../../../ui/index.ts'
import { ar } from '../strings.ar.ts'
import { type CitizenText, citizenTexts } from '../strings.ts'

/** What somebody did on a person's file, in words; an act nobody worded is work on the file. */
export function useActWords(): (act: string) => string {
  const t = useTexts(citizenTexts)
  return act => {
    const key = `act-${act}`
    return t(Object.hasOwn(ar, key) ? (key as CitizenText) : 'act-other')
  }
}
