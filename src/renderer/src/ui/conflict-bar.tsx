import { Button } from '@mantine/core'
import { IconGitFork } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import { useOpenCards } from '../store/conflicts.ts'
import { type Screen, to } from '../store/route.ts'
import classes from './acts.module.css'
import { useAboutWords } from './use-about-words.ts'

/** As many are named in the bar; the others are counted. */
const NAMED = 3

/** On the page of the records themselves: which of them wait for a decision, and the way there. */
export function ConflictBar({ screen }: { readonly screen: Screen }) {
  const { t } = useTranslation()
  const format = useFormat()
  const about = useAboutWords()
  const cards = useOpenCards(screen)
  const [first] = cards
  if (!first) return null
  const named = cards.slice(0, NAMED).map((card) => `\u2068${card.name || about(card.about, screen === 'count')}\u2069`)
  return (
    <section className={classes.bar} aria-label={t('acts.conflicts.title')}>
      <IconGitFork size={18} aria-hidden />
      <strong>{t('acts.conflicts.here', { count: cards.length, n: format.number(cards.length) })}</strong>
      <span className={classes.about}>{named.join(' · ')}</span>
      <Button size="compact-sm" variant="default" component="a" href={to('conflicts', { card: first.id })}>
        {t('acts.conflicts.decide')}
      </Button>
    </section>
  )
}
