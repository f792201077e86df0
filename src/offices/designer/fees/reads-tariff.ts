/** Whether a formula reads the amount of a tariff. The key may be anything that was ever typed as one. */
export const readsTariff =
  (key: string) =>
  (formula: string): boolean =>
    [...formula.matchAll(/\btariff\.(\w+)/g)].some(([, read]) => read === key)
