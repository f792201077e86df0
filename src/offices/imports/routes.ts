import { addresses } from '../../lib/addresses.ts'
import { acts, looks, nothing, type Route, route, staff } from '../../web/route.ts'
import { takesRelease } from '../looks/index.ts'
import { saveDecision, showDecisions } from './pages/decisions.tsx'
import { saveLink, showLink } from './pages/link.tsx'
import { saveSource, showNewSource, showSources } from './pages/list.tsx'
import { saveReading, showReading } from './pages/reading.tsx'
import { showRejects } from './pages/rejects.ts'
import { showRows } from './pages/rows.tsx'
import { actOnRun, showRun } from './pages/run.tsx'
import { fetchNow, showSource, takeFile } from './pages/source.tsx'
import { mostFileMegabytes } from './reading/open.ts'

const ofSources = nothing('shows what sources there are and how old they are, and nothing of a person')
const ofTheFile = nothing(
  'shows what a file of the town says; whoever is known here is opened on a page of their own',
)
const access = staff('import.run')
const bodyLimit = (mostFileMegabytes + 1) * 1024 * 1024

/** What the town's present programs bring: for the administrator and the treasurer. */
export const importRoutes: Route[] = [
  route({ method: 'get', address: addresses.imports, access, audit: ofSources, handle: showSources }),
  route({ method: 'get', address: addresses.importNew, access, audit: ofSources, handle: showNewSource }),
  route({
    method: 'post',
    address: addresses.importNew,
    access,
    audit: acts('imports.source-added'),
    handle: saveSource,
  }),
  route({ method: 'get', address: addresses.importSource, access, audit: ofSources, handle: showSource }),
  route({
    method: 'post',
    address: addresses.importSource,
    access,
    audit: acts('imports.run-started'),
    bodyLimit,
    handle: takeFile,
  }),
  route({ method: 'get', address: addresses.importLink, access, audit: ofSources, handle: showLink }),
  route({
    method: 'post',
    address: addresses.importLink,
    access,
    audit: acts('imports.link-kept'),
    handle: saveLink,
  }),
  route({
    method: 'post',
    address: addresses.importFetch,
    access,
    audit: acts('imports.run-started'),
    handle: fetchNow,
  }),
  route({
    method: 'get',
    address: addresses.importDecisions,
    access,
    audit: looks('imports.decisions'),
    handle: call => showDecisions(call),
  }),
  route({
    method: 'post',
    address: addresses.importDecisions,
    access,
    audit: acts('imports.decided'),
    handle: saveDecision,
  }),
  route({ method: 'get', address: addresses.importRun, access, audit: ofSources, handle: showRun }),
  route({
    method: 'post',
    address: addresses.importRun,
    access,
    audit: acts('imports.run-applying'),
    handle: actOnRun,
  }),
  route({ method: 'get', address: addresses.importReading, access, audit: ofTheFile, handle: showReading }),
  route({
    method: 'post',
    address: addresses.importReading,
    access,
    audit: acts('imports.reading-confirmed'),
    handle: saveReading,
  }),
  route({ method: 'get', address: addresses.importRows, access, audit: ofTheFile, handle: showRows }),
  route({
    method: 'get',
    address: addresses.importRejects,
    access,
    audit: ofTheFile,
    handle: showRejects,
    stepUp: takesRelease,
  }),
]
