import { addresses } from '../../../lib/addresses.ts'
import { Button, faultOf, PersonName, SelectField, TextField, usePage, useTexts } from '../../../ui/index.ts'
import { actsForAnother, type PartyCapacity } from '../../requests/index.ts'
import type { CaseView } from '../case/page.tsx'
import { counterTexts } from '../strings.ts'
import { ownPrefix, termsTyped } from './draft.ts'
import { partyTexts } from './strings.ts'
import { TermsFields, usePartyFacts, WhichOne } from './terms-fields.tsx'

/** Whom it is filed for, and what the applicant's capacity rests on; nothing where somebody files for themselves. */
export function CapacityTerms({ view }: { view: CaseView }) {
  const t = useTexts(partyTexts)
  const { draft } = view.of.form
  const { capacity } = draft
  if (capacity === 'principal') return null
  const asksWhom = actsForAnother(capacity) || capacity === 'heir'
  return (
    <div className="question-group">
      {asksWhom && <Principal view={view} />}
      <h3 className={asksWhom ? 'mt' : undefined}>{t(`own-${capacity}`)}</h3>
      <TermsFields capacity={capacity} prefix={ownPrefix} typed={termsTyped(draft)} faults={view.faults} />
    </div>
  )
}

function Principal({ view }: { view: CaseView }) {
  const t = useTexts(partyTexts)
  const { url } = usePage()
  const { draft } = view.of.form
  const principals = view.of.parties.filter(({ capacity }) => capacity === 'principal')
  const action = url(addresses.counterDraftParty, { draft: draft.id })
  const heir = draft.capacity === 'heir'
  const asked = view.asked?.capacity === 'principal' ? view.asked : undefined
  return (
    <>
      <h3>{t(heir ? 'for-heir' : 'for')}</h3>
      <Named view={view} parties={principals} />
      {principals.length === 0 && (
        <div className="find-row">
          <TextField
            name="principal"
            label={t(heir ? 'for-heir' : 'who-principal')}
            hint={t('who-hint')}
            value={asked?.text}
            fault={faultOf(view.faults, 'principal')}
            tight
          />
          <Button variant="quiet" name="add" value="principal" formAction={action}>
            {t('name')}
          </Button>
        </div>
      )}
      <WhichOne
        found={asked?.found}
        text={asked?.text ?? ''}
        action={url(addresses.counterDraftParty, { draft: draft.id }, { as: 'principal' })}
      />
    </>
  )
}

const others: readonly PartyCapacity[] = [
  'collector',
  'heir',
  'partner',
  'agent',
  'guardian',
  'representative',
]

/** Heirs beside the applicant, joint owners, whoever is named to collect. */
export function OtherParties({ view }: { view: CaseView }) {
  const t = useTexts(partyTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const { draft } = view.of.form
  const { asked, faults } = view
  const rest = view.of.parties.filter(({ capacity }) => capacity !== 'principal')
  const mine = asked && asked.capacity !== 'principal' ? asked : undefined
  const action = url(addresses.counterDraftParty, { draft: draft.id })
  const typed = mine?.typed ?? {}
  return (
    <details className="digest" open={rest.length > 0 || mine !== undefined}>
      <summary>{t('parties-more')}</summary>
      <Named view={view} parties={rest} />
      <div className="names">
        <SelectField
          name="party.as"
          label={t('as')}
          value={mine?.capacity ?? 'collector'}
          options={others.map(value => ({ value, label: counter(`capacity-${value}`) }))}
          tight
        />
        <TextField
          name="party.who"
          label={t('who')}
          hint={t('who-hint')}
          value={mine?.text}
          fault={faultOf(faults, 'party.who')}
          tight
        />
        <TextField
          name="party.share"
          label={t('share')}
          hint={t('share-hint')}
          value={typed['party.share']}
          fault={faultOf(faults, 'party.share')}
          ltr
          width="short"
          tight
        />
      </div>
      {mine && <TermsFields capacity={mine.capacity} prefix="party." typed={typed} faults={faults} />}
      <WhichOne
        found={mine?.found}
        text={mine?.text ?? ''}
        action={url(addresses.counterDraftParty, { draft: draft.id }, { as: mine?.capacity })}
      />
      <div className="mt-s">
        <Button variant="quiet" name="add" value="party" formAction={action}>
          {t('add-party')}
        </Button>
      </div>
    </details>
  )
}

function Named({ view, parties }: { view: CaseView; parties: CaseView['of']['parties'] }) {
  const t = useTexts(partyTexts)
  const facts = usePartyFacts()
  const { url } = usePage()
  if (parties.length === 0) return null
  return (
    <ul className="check">
      {parties.map(party => (
        <li key={`${party.personId} ${party.capacity}`}>
          <span />
          <div>
            <b>
              <PersonName>{party.name}</PersonName>
            </b>
            <small>{facts(party)}</small>
          </div>
          <Button
            variant="plain"
            name="drop"
            value={`${party.capacity}/${party.personId}`}
            formAction={url(addresses.counterDraftParty, { draft: view.of.form.draft.id })}
            label={t('drop-party', { name: party.name })}
          >
            {t('drop')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
