import { useTranslation } from 'react-i18next'
import type { ReplayMarks } from '../../../../shared/view/replay.ts'
import { en } from '../../i18n/en.ts'
import { useFormat } from '../../i18n/format.ts'

type Mark<Lane extends 'doubts' | 'commands' | 'election' | 'quarantine'> = ReplayMarks[Lane][number]
type Does = keyof typeof en.frame.does
type Phase = keyof typeof en.frame.phase
const isDoes = (does: string): does is Does => does in en.frame.does
const isPhase = (phase: string): phase is Phase => phase in en.frame.phase

/** What each mark says when it is pointed at. */
export function useMarkWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const at = (what: string, mark: { readonly at: number; readonly count: number }) => {
    const said = t('replay.markAt', { what, time: format.clockSeconds(mark.at) })
    return mark.count > 1
      ? `${said} ${t('replay.more', { count: mark.count - 1, n: format.number(mark.count - 1) })}`
      : said
  }
  return {
    doubt: (mark: Mark<'doubts'>) => at(t(`common.doubt.${mark.because}`), mark),
    quarantine: (mark: Mark<'quarantine'>) => at(t('replay.notUnderstood'), mark),
    command: (mark: Mark<'commands'>) =>
      at(
        `${isDoes(mark.does) ? t(`frame.does.${mark.does}`) : mark.does}: ${t(`replay.outcome.${mark.outcome}`)}`,
        mark,
      ),
    election: (mark: Mark<'election'>) =>
      at(
        mark.what === 'phase' && isPhase(mark.says) ? t(`frame.phase.${mark.says}`) : t(`replay.turn.${mark.what}`),
        mark,
      ),
  }
}
