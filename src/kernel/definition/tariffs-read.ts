/** Keys of the tariffs whose amounts a rule reads, each once, in their order. */
export const tariffsRead = (rule: string): string[] => [
  ...new Set([...rule.matchAll(/\btariff\.(\w+)/g)].map(([, key = '']) => key)),
]
