import { useTranslation } from 'react-i18next'
import { Phase } from '../../../../shared/model/records.ts'
import { assertNever } from '../../../../shared/result.ts'
import type { FeedItem } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'

export type FeedWords = { readonly text: string; readonly place: string | null; readonly needsLook: boolean }

/** First strong isolate … pop: a name keeps its own direction inside the sentence. */
const isolated = (name: string) => `\u2068${name}\u2069`
const ENTRIES = ['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'VERIFIED'] as const
const RESULTS = ['DRAFT', 'PRELIMINARY', 'FINAL', 'PUBLISHED'] as const
const known = <T extends string>(values: readonly T[], text: string): T | null =>
  values.find((value) => value === text) ?? null

/** A line of the feed in words. */
export function useFeedWords(): (item: FeedItem) => FeedWords {
  const { t } = useTranslation()
  const format = useFormat()
  const line = (text: string, place: string | null = null, needsLook = false): FeedWords => ({ text, place, needsLook })

  function guarantee(what: Extract<FeedItem['what'], { is: 'guarantee' }>): FeedWords {
    const name = isolated(what.name)
    if (what.isNew) return line(t('board.feedWhat.guaranteeNew', { name }))
    if (what.confirmation === 'CONFIRMED') return line(t('board.feedWhat.guaranteeConfirmed', { name }))
    if (what.confirmation === 'NOT_AVAILABLE') return line(t('board.feedWhat.guaranteeNotAvailable', { name }))
    return line(
      t(what.status === 'GUARANTEED' ? 'board.feedWhat.guaranteePledged' : 'board.feedWhat.guaranteePending', { name }),
    )
  }

  return ({ what }) => {
    switch (what.is) {
      case 'attended': {
        const key = what.pending ? 'board.feedWhat.attendedPending' : 'board.feedWhat.attended'
        return line(t(key, { name: isolated(what.name || what.elector) }), what.committee, what.pending)
      }
      case 'attendance-removed':
        return line(t('board.feedWhat.attendanceRemoved'), what.committee, true)
      case 'guarantee':
        return guarantee(what)
      case 'guarantee-removed':
        return line(t('board.feedWhat.guaranteeRemoved', { name: isolated(what.name) }), null, true)
      case 'counted':
        return line(t('board.feedWhat.counted', { count: what.votes, n: format.number(what.votes) }), what.committee)
      case 'entry': {
        const status = known(ENTRIES, what.status)
        return line(status ? t(`board.feedWhat.entry.${status}`) : what.status, what.committee)
      }
      case 'results': {
        const status = known(RESULTS, what.status)
        return line(t('board.feedWhat.results', { status: status ? t(`lists.results.status.${status}`) : what.status }))
      }
      case 'phase': {
        const phase = known(Phase.options, what.phase)
        return line(t('board.feedWhat.phase', { phase: phase ? t(`frame.phase.${phase}`) : what.phase }))
      }
      default:
        return assertNever(what)
    }
  }
}
