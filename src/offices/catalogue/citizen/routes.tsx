import { addresses } from '../../../lib/addresses.ts'
import { showPage } from '../../../web/page.tsx'
import { everyone, nothing, type Route, route } from '../../../web/route.ts'
import { confirmRoutes } from '../confirm/routes.tsx'
import { downloadBpmn } from './bpmn.ts'
import { HelpPage } from './help/help-page.tsx'
import { showTopic } from './help/topic-page.tsx'
import { showService } from './service.tsx'
import { showServices } from './services.tsx'

const open = everyone('the guide of services is public')
const unwritten = nothing('says nothing of anybody')

/** The guide of services as everyone reads it. */
export const catalogueRoutes: Route[] = [
  ...confirmRoutes,
  route({ method: 'get', address: addresses.services, access: open, audit: unwritten, handle: showServices }),
  route({ method: 'get', address: addresses.service, access: open, audit: unwritten, handle: showService }),
  route({
    method: 'get',
    address: addresses.serviceBpmn,
    access: open,
    audit: unwritten,
    handle: downloadBpmn,
  }),
  route({
    method: 'get',
    address: addresses.help,
    access: open,
    audit: unwritten,
    handle: call => showPage(call, <HelpPage />),
  }),
  route({ method: 'get', address: addresses.helpTopic, access: open, audit: unwritten, handle: showTopic }),
]
