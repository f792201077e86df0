import { stripControls } from './arabic.ts'

/** The name a file came with, fit to be shown and kept: no folders, no controls, no direction tricks, not endless. */
export function tidyFileName(name: string): string {
  const last = stripControls(name).split(/[\\/]/).at(-1)?.trim() ?? ''
  const letters = Array.from(last.replaceAll(/["<>:|?*]/g, ''))
  if (letters.length <= 120) return letters.join('')
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(last)?.[0] ?? ''
  return letters.slice(0, 120 - ending.length).join('') + ending
}
