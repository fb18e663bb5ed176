import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../../shared/view/conflict.ts'
import { useFormat } from '../../i18n/format.ts'
import { useAboutWords } from '../../ui/use-about-words.ts'
import { useConflictWords } from './conflict-words.ts'
import classes from './conflicts.module.css'

/** What was decided: by whom, when and why. Newest first. */
export function DecidedList({ cards }: { readonly cards: readonly Conflict[] }) {
  const { t } = useTranslation()
  return (
    <section className={`panel ${classes.decided}`} aria-labelledby="decided">
      <h2 id="decided">{t('acts.conflicts.decided')}</h2>
      {cards.length === 0 ? (
        <p className="quiet">{t('acts.conflicts.decidedNone')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('acts.conflicts.what')}</th>
              <th scope="col">{t('acts.conflicts.decision')}</th>
              <th scope="col">{t('acts.conflicts.why')}</th>
              <th scope="col">{t('acts.conflicts.by')}</th>
              <th scope="col">{t('acts.conflicts.at')}</th>
            </tr>
          </thead>
          <tbody>
            {cards.map((card) => (
              <Line key={card.id} card={card} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Line({ card }: { readonly card: Conflict }) {
  const { t } = useTranslation()
  const format = useFormat()
  const about = useAboutWords()
  const words = useConflictWords()
  const { decided } = card
  return (
    <tr>
      <td>
        {t(`acts.conflicts.kind.${card.kind}`)} · <bdi>{card.name || about(card.about, card.kind === 'count')}</bdi>
      </td>
      {decided === null ? (
        <td colSpan={4} className="quiet">
          {t('acts.conflicts.gone')}
        </td>
      ) : (
        <>
          <td>{words.decision(card, decided.decision)}</td>
          <td>
            <bdi>{decided.reason}</bdi>
          </td>
          <td>
            <bdi>{decided.by}</bdi>
          </td>
          <td>
            <bdi>{format.date(decided.at)}</bdi> <bdi dir="ltr">{format.clock(decided.at)}</bdi>
          </td>
        </>
      )}
    </tr>
  )
}
