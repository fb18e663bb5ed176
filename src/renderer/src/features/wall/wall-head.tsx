import { useTranslation } from 'react-i18next'
import type { WallView } from '../../../../shared/view/wall.ts'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'
import { LINK_WEIGHT, LinkIcon } from '../../ui/link-look.tsx'
import { useLinkWords } from '../../ui/use-link-words.ts'
import classes from './wall-head.module.css'

/** Which election, what time it is there, how old the data is: on every scene. */
export function WallHead({ view }: { readonly view: WallView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const { election } = view
  return (
    <header className={classes.head}>
      <span className={classes.election}>
        <bdi>{election ? election.name : t('wall.noElection')}</bdi>
        {election && <span className={classes.phase}> · {t(`frame.phase.${election.phase}`)}</span>}
      </span>
      <span className={classes.clock}>
        <bdi dir="ltr">{format.clock(now)}</bdi> <bdi className={classes.zone}>{format.zone}</bdi>
      </span>
      <LinkSign />
    </header>
  )
}

function LinkSign() {
  const link = useValue('link')
  return link && <Sign link={link} />
}

function Sign({ link }: { readonly link: NonNullable<ReturnType<typeof useValue<'link'>>> }) {
  const words = useLinkWords(link)
  return (
    <span className={classes.sign} data-weight={LINK_WEIGHT[link.state]}>
      <LinkIcon state={link.state} size={36} />
      {words.state} · <bdi>{words.age}</bdi>
    </span>
  )
}
