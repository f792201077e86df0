import { registerWords } from '../messaging/index.ts'
import type { BulletinKind } from './model.ts'

/** By which name the words of bills are filled when they are handed over. */
export const billFiller = 'bulletins.bill'
/** The event of the messages of a bulletin. */
export const bulletinEvent = (kind: BulletinKind): string => `bulletins.${kind}`
