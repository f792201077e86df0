import type { Carrier } from '../carriers/model.ts'

/** The telephones of a demo town: nothing leaves the house, and a message counts as delivered when the row says so. Its pages are `/demo/phone`. */
export const simulator: Carrier = {
  window: 100,
  repeatable: true,
  send: async ({ messageId }) => ({ outcome: 'accepted', refs: [messageId], delivered: true }),
  check: async () => ({ up: true }),
  close: async () => {},
}

/** The inbox of the portal: a message is there as soon as its row says so. */
export const inbox: Carrier = { ...simulator, send: async () => ({ outcome: 'accepted', refs: [] }) }
