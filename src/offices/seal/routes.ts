import { addresses } from '../../lib/addresses.ts'
import { everyone, nothing, type Route, route, staff } from '../../web/route.ts'
import { serveEntryProof, showEntry } from './auditor/entry.tsx'
import { showAudit } from './auditor/list.tsx'
import { serveCheckpoint, serveKeys, serveTile } from './public/files.ts'
import { showSeal } from './public/page.tsx'
import { showDaySheet } from './public/sheet.tsx'

const published = everyone(
  'hashes of what is recorded, which tell nothing of it; published so that anybody can keep them',
)
const ofNobody = nothing('says nothing of anybody')
const ofEntries = nothing('acts and looks by the ids of their subjects; nothing personal is shown in clear')

const open = (address: Route['address'], handle: Route['handle']): Route =>
  route({ method: 'get', address, access: published, audit: ofNobody, handle })
const audited = (address: Route['address'], handle: Route['handle']): Route =>
  route({ method: 'get', address, access: staff('audit.read'), audit: ofEntries, handle })

/** The published log, and the audit for who audits. */
export const sealRoutes: Route[] = [
  open(addresses.openSeal, showSeal),
  open(addresses.openSealDay, showDaySheet),
  open(addresses.openSealCheckpoint, serveCheckpoint),
  open(addresses.openSealKey, serveKeys),
  open(addresses.openSealTile, serveTile),
  open(addresses.openSealTile2, serveTile),
  open(addresses.openSealTile3, serveTile),
  open(addresses.openSealTile4, serveTile),
  audited(addresses.audit, showAudit),
  audited(addresses.auditEntry, showEntry),
  audited(addresses.auditEntryProof, serveEntryProof),
]
