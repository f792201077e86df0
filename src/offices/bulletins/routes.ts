import { addresses } from '../../lib/addresses.ts'
import { acts, looks, nothing, type Route, route, staff } from '../../web/route.ts'
import { mostFileMegabytes } from './model.ts'
import { actOnBulletin, saveColumn, showBulletin } from './pages/bulletin.tsx'
import { save, showEdit, showNew } from './pages/edit.tsx'
import { showBulletins } from './pages/list.tsx'
import { decide, showReview } from './pages/review.tsx'

const ofNobody = nothing('shows words to many and how many they are, and nothing of a person')
const reading = staff('bulletin.read')
const writing = staff('bulletin.write')
const reviewing = staff('bulletin.review')
const bodyLimit = (mostFileMegabytes + 1) * 1024 * 1024

/** What is told to many: written, counted, let go by a second person, paused and stopped, reported. */
export const bulletinRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.bulletins,
    access: reading,
    audit: ofNobody,
    handle: showBulletins,
  }),
  route({ method: 'get', address: addresses.bulletinNew, access: writing, audit: ofNobody, handle: showNew }),
  route({
    method: 'post',
    address: addresses.bulletinNew,
    access: writing,
    audit: acts('bulletins.written'),
    bodyLimit,
    handle: save,
  }),
  route({
    method: 'get',
    address: addresses.bulletin,
    access: reading,
    audit: ofNobody,
    handle: showBulletin,
  }),
  route({
    method: 'post',
    address: addresses.bulletin,
    access: reading,
    audit: acts('bulletins.moved'),
    handle: actOnBulletin,
  }),
  route({
    method: 'get',
    address: addresses.bulletinEdit,
    access: writing,
    audit: ofNobody,
    handle: showEdit,
  }),
  route({
    method: 'post',
    address: addresses.bulletinEdit,
    access: writing,
    audit: acts('bulletins.changed'),
    bodyLimit,
    handle: save,
  }),
  route({
    method: 'post',
    address: addresses.bulletinColumn,
    access: writing,
    audit: acts('bulletins.changed'),
    handle: saveColumn,
  }),
  route({
    method: 'get',
    address: addresses.bulletinReview,
    access: reviewing,
    audit: looks('bulletins.sample'),
    handle: showReview,
  }),
  route({
    method: 'post',
    address: addresses.bulletinReview,
    access: reviewing,
    audit: acts('bulletins.let-go'),
    handle: decide,
  }),
]
