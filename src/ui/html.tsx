import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { type Page, PageProvider } from './page.ts'

/** The HTML of a tree of parts that knows no page. */
export const toHtml = (node: ReactNode): string => renderToStaticMarkup(node)

/** The HTML of a page, whole: no script takes its tree up again. */
export const pageHtml = (page: Page, body: ReactNode): string =>
  `<!doctype html>${toHtml(<PageProvider page={page}>{body}</PageProvider>)}`
