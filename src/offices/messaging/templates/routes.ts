import { addresses } from '../../../lib/addresses.ts'
import { acts, looks, nothing, type Route, route, staff } from '../../../web/route.ts'
import { showTemplates } from './pages/list.tsx'
import { previewAct } from './pages/load.ts'
import { showTemplate } from './pages/page.tsx'
import { saveTemplate, saveTemplateReview } from './pages/post.ts'

/** The town's own words for messages: written, reviewed, in force, ended. */
export const templateRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.messageTemplates,
    access: staff('template.read', 'request.read'),
    audit: nothing('shows the texts the town sends, and nothing of a person'),
    handle: showTemplates,
  }),
  route({
    method: 'get',
    address: addresses.messageTemplate,
    access: staff('template.read', 'request.read'),
    audit: looks(previewAct),
    handle: showTemplate,
  }),
  route({
    method: 'post',
    address: addresses.messageTemplate,
    access: staff('template.write', 'request.read'),
    audit: acts('messaging.words-written'),
    handle: saveTemplate,
  }),
  route({
    method: 'post',
    address: addresses.messageTemplateReview,
    access: staff('template.read', 'request.read'),
    audit: acts('messaging.words-decided'),
    handle: saveTemplateReview,
  }),
]
