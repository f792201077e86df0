import type { Choice } from './control.ts'

/** Texts show names as people call them: `{number}` stands as `{رقم الطلب}` while it is edited. */
export function withWords(text: string, names: readonly Choice[]): string {
  const labels = labelsOf(names)
  return text.replace(/\{\s*([A-Za-z][\w.-]*)\s*\}/g, (whole, name: string) => {
    const label = labels.get(name)
    return label === undefined ? whole : `{${label}}`
  })
}

/** And back to the names the definition knows. */
export function withNames(text: string, names: readonly Choice[]): string {
  const byLabel = new Map([...labelsOf(names)].map(([name, label]) => [label, name]))
  return text.replace(/\{([^{}]+)\}/g, (whole, label: string) => {
    const name = byLabel.get(label.trim())
    return name === undefined ? whole : `{${name}}`
  })
}

/** The words a name is shown by: two questions of the same words are told apart by their names. */
export function labelsOf(names: readonly Choice[]): Map<string, string> {
  const taken = new Set<string>()
  return new Map(
    names.map(({ value, label }) => {
      const words = label.replace(/[{}]/g, '').trim()
      const shown = words === '' || taken.has(words) ? value : words
      taken.add(shown)
      return [value, shown]
    }),
  )
}

/** The text as somebody will read it, with values as long as real ones. */
export function exampleOf(text: string, examples: ReadonlyMap<string, string>): string {
  return text.replace(/\{\s*([A-Za-z][\w.-]*)\s*\}/g, (whole, name: string) => examples.get(name) ?? whole)
}
