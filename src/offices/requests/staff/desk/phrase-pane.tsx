import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  ChoiceField,
  Form,
  faultOf,
  LongTextField,
  Pane,
  Row,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import { typedOne } from '../request/read-act.ts'
import { staffTexts } from '../strings.ts'
import type { DeskProps } from './page.tsx'
import { phraseVariables, type StoredPhrase, variableName } from './phrases.ts'

/** One's own phrases and those of one's offices, with the form for another. */
export function PhrasePane(props: DeskProps) {
  const { actor, phrases, offices, kept, shown } = props
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const { typed, faults } = shown.form === 'phrase' ? shown : { typed: {}, faults: [] }
  const nameOf = (code: string) => {
    const office = offices.find(each => each.code === code)
    return office ? local(office.name) : code
  }
  const groups = [
    { id: 'own', title: t('phrases-own'), list: phrases.filter(each => each.ownerKind === 'staff') },
    ...[
      ...new Set([...kept, ...phrases.flatMap(each => (each.ownerKind === 'office' ? [each.owner] : []))]),
    ].map(code => ({
      id: code,
      title: t('phrases-office', { office: nameOf(code) }),
      list: phrases.filter(each => each.ownerKind === 'office' && each.owner === code),
    })),
  ]
  return (
    <Pane id="phrases" title={t('phrases-title')} icon="chat">
      <p className="sm mut">{t('phrases-why')}</p>
      {groups.map(({ id, title, list }) => (
        <section key={id} className="mt-s">
          <h3 className="sm">{title}</h3>
          {list.length === 0 ? (
            <p className="sm mut">{t('phrases-empty')}</p>
          ) : (
            <ul className="lines">
              {list.map(phrase => (
                <Line key={phrase.id} phrase={phrase} mine={isKept(phrase, actor.staffId, kept)} />
              ))}
            </ul>
          )}
        </section>
      ))}
      <div className="mt-s">
        <Form action={url(addresses.deskPhrases)} label={t('phrase-new')}>
          <LongTextField
            name="text"
            label={t('phrase-new')}
            hint={t('phrase-hint')}
            rows={2}
            maxLength={500}
            value={typedOne(typed, 'text')}
            fault={faultOf(faults, 'text')}
            tight
          />
          <ul className="variables mb-s">
            {phraseVariables.map(name => (
              <li key={name} className="xs mut">
                <bdi className="var">{`{${variableName(locale, name)}}`}</bdi>{' '}
                <span>{t(`variable-${name}`)}</span>
              </li>
            ))}
          </ul>
          {kept.length > 0 && (
            <ChoiceField
              name="owner"
              label={t('phrase-whose')}
              value={typedOne(typed, 'owner') || 'mine'}
              options={[
                { value: 'mine', label: t('phrase-mine') },
                ...kept.map(code => ({ value: code, label: t('phrase-of', { office: nameOf(code) }) })),
              ]}
              tight
            />
          )}
          <Button icon="plus">{t('phrase-add')}</Button>
        </Form>
      </div>
    </Pane>
  )
}

const isKept = ({ owner, ownerKind }: StoredPhrase, staffId: string, kept: readonly string[]): boolean =>
  ownerKind === 'staff' ? owner === staffId : kept.includes(owner)

function Line({ phrase, mine }: { phrase: StoredPhrase; mine: boolean }) {
  const t = useTexts(staffTexts)
  const { url } = usePage()
  return (
    <li>
      <Row apart>
        <Written>{phrase.text}</Written>
        {mine && (
          <Form
            action={url(addresses.deskPhraseRemove, { phrase: phrase.id })}
            inline
            label={t('phrase-remove')}
          >
            <Button variant="plain" icon="bin">
              {t('phrase-remove')}
            </Button>
          </Form>
        )}
      </Row>
    </li>
  )
}
