import { addresses } from '../../../lib/addresses.ts'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { previewRoutes } from '../preview/routes.ts'
import { beginRecording, goOnRecording } from '../record/post.ts'
import { checkFormula } from './formula.ts'
import { showPart } from './page.tsx'
import { postPart } from './post.ts'

const noPerson = nothing('shows a service that is being written and nothing of a person')

/** The parts of a service that is being written: shown, and edited. */
export const partRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.designerPart,
    access: staff('catalogue.write'),
    audit: noPerson,
    handle: showPart,
  }),
  route({
    method: 'post',
    address: addresses.designerPart,
    access: staff('catalogue.write'),
    audit: acts('designer.draft-changed'),
    handle: postPart,
  }),
  route({
    method: 'post',
    address: addresses.designerFormula,
    access: staff('catalogue.write'),
    audit: nothing('says what is wrong with a formula and writes nothing'),
    handle: checkFormula,
  }),
  route({
    method: 'get',
    address: addresses.designerRecord,
    access: staff('catalogue.write'),
    audit: noPerson,
    handle: beginRecording,
  }),
  route({
    method: 'post',
    address: addresses.designerRecord,
    access: staff('catalogue.write'),
    audit: acts('designer.draft-changed'),
    handle: goOnRecording,
  }),
  ...previewRoutes,
]
