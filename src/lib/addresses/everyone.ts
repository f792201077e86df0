import { at } from './at.ts'

/** Addresses that stand open, those of programs, and those of the process. */
export const everyone = {
  // everyone
  front: at('/'),
  services: at('/services'),
  service: at('/services/:code'),
  /** The service as a BPMN 2.0 file. */
  serviceBpmn: at('/services/:code/bpmn'),
  track: at('/track'),
  trackLink: at('/track/:token'),
  /** What a message leads to, short enough to stand in one. */
  shortLink: at('/s/:code'),
  verify: at('/verify'),
  verifyCode: at('/verify/:code'),
  verifyProof: at('/verify/:code/proof'),
  /** The sealed log: its page, and its files as C2SP tlog-tiles names them; a tile's index takes up to three parts. */
  openSeal: at('/open/seal'),
  openSealDay: at('/open/seal/day/:date'),
  openSealCheckpoint: at('/open/seal/checkpoint'),
  openSealKey: at('/open/seal/key'),
  openSealTile: at('/open/seal/tile/:level/:a'),
  openSealTile2: at('/open/seal/tile/:level/:a/:b'),
  openSealTile3: at('/open/seal/tile/:level/:a/:b/:c'),
  openSealTile4: at('/open/seal/tile/:level/:a/:b/:c/:d'),
  openFairness: at('/open/fairness'),
  openStatus: at('/open/status'),
  guideBook: at('/open/guide.pdf'),
  openLooks: at('/open/looks'),
  openAccessProof: at('/open/access-proof'),
  openProof: at('/open/proof'),
  privacy: at('/privacy'),
  help: at('/help'),
  helpTopic: at('/help/:topic'),
  locale: at('/locale'),
  asset: at('/assets/:name'),

  // turns, and the screens of the hall
  turn: at('/turn'),
  turnShow: at('/turn/:visit'),
  turnLeave: at('/turn/:visit/leave'),
  hall: at('/hall'),
  hallLive: at('/hall/live'),
  hallTurn: at('/hall/turn'),
  hallSlip: at('/hall/turn/:visit'),

  // log-in
  signOnLeave: at('/log-out/:provider'),
  /** A provider says here that somebody logged out at it. */
  signOnEnded: at('/hooks/sign-on/:provider/logout'),
  logOut: at('/log-out'),
  parked: at('/continue/:token'),

  // citizen: dues and paying
  paymentAnswer: at('/payments/answer'),
  /** Called by providers of messages; the token is a provider's own. */
  messageReport: at('/hooks/messages/:token/report'),
  messageIncoming: at('/hooks/messages/:token/incoming'),

  // archive
  uploads: at('/uploads'),
  upload: at('/uploads/:id'),
  document: at('/documents/:id'),
  documentThumbnail: at('/documents/:id/thumbnail'),
  documentPreview: at('/documents/:id/preview'),
  documentPage: at('/documents/:id/pages/:page'),

  // manage
  openDestruction: at('/open/destruction'),

  // demo
  demoPhones: at('/demo/phone'),
  demoPhone: at('/demo/phone/:number'),

  // REST
  api: at('/api/v1'),
  openApi: at('/api/v1/openapi.json'),
  apiServices: at('/api/v1/services'),
  apiService: at('/api/v1/services/:code'),
  apiFiles: at('/api/v1/files'),
  apiRequests: at('/api/v1/requests'),
  apiRequest: at('/api/v1/requests/:id'),
  apiActions: at('/api/v1/requests/:id/actions'),
  apiPeopleLookup: at('/api/v1/people/lookup'),
  apiPersonDues: at('/api/v1/people/:person/dues'),
  apiPersonUsages: at('/api/v1/people/:person/usages'),
  apiPayments: at('/api/v1/payments'),
  apiReceipt: at('/api/v1/receipts/:number'),
  apiMessages: at('/api/v1/messages'),
  apiTasks: at('/api/v1/tasks'),

  // of the process, not of a town
  healthz: at('/healthz'),
  readyz: at('/readyz'),
  metrics: at('/metrics'),
} as const
