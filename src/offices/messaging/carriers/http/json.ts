/** What stands at a place of a JSON text, such as `data.0.id`, as a word; nothing where it is no JSON or no such place. */
export function placeIn(text: string, place: string): string | undefined {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    return undefined
  }
  for (const name of place.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as Record<string, unknown>)[name]
  }
  return ['string', 'number', 'boolean'].includes(typeof found) ? String(found) : undefined
}
