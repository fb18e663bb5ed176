import { useTranslation } from 'react-i18next'
import type { WallView } from '../../../../shared/view/wall.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'
import { Bar } from '../../ui/bar.tsx'
import { LINK_WEIGHT, LinkIcon } from '../../ui/link-look.tsx'
import { useLinkWords } from '../../ui/use-link-words.ts'
import { useSum } from '../../ui/use-sum.ts'
import { DoubtLine } from './doubt-line.tsx'
import { Fact } from './fact.tsx'
import shared from './wall.module.css'
import classes from './scenes.module.css'

type SceneProps = { readonly view: WallView }

/** A quarter of an hour: what "now" means to a room. */
const QUARTER = 15

export function TurnoutScene({ view }: SceneProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { attended, electors, attendedLast } = view
  const register = useSum('committees')
  const share = format.share(attended, electors)
  return (
    <div className={shared.scene} data-scene="turnout">
      <div className={classes.facts}>
        <Fact main value={share} topic="attendance" label={t('wall.share')} />
        <Fact value={attended} topic="attendance" label={t('wall.came', { n: register(electors) })} />
        <Fact
          value={attendedLast.m15}
          topic="attendance"
          label={t('wall.lastQuarter', { m: format.number(QUARTER) })}
        />
      </div>
      <Bar value={attended} of={electors} topic="attendance" label={`${t('wall.share')}: ${share}`} />
      <DoubtLine topic="attendance" />
    </div>
  )
}

export function CountScene({ view }: SceneProps) {
  const { t } = useTranslation()
  const { counted, verified, committees, ballotsCast } = view
  const all = useSum('committees')
  const done = useSum('counts')
  return (
    <div className={shared.scene} data-scene="count">
      <div className={classes.facts}>
        <Fact main value={counted} topic="counts" label={t('wall.counted', { n: all(committees) })} />
        <Fact value={verified} topic="counts" label={t('wall.verified')} />
        <Fact value={ballotsCast} topic="counts" label={t('wall.ballots')} />
      </div>
      <Bar
        value={counted}
        of={committees}
        inner={verified}
        topic="counts"
        label={t('common.ofTotal', { a: done(counted), b: all(committees) })}
      />
      <DoubtLine topic="counts" />
    </div>
  )
}

/** How the wall itself hears: not a figure of the election, so nothing here can be in doubt. */
export function LinkScene() {
  const link = useValue('link')
  return link && <LinkFacts link={link} />
}

function LinkFacts({ link }: { readonly link: NonNullable<ReturnType<typeof useValue<'link'>>> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const words = useLinkWords(link)
  return (
    <div className={shared.scene} data-scene="link">
      <div className={classes.facts}>
        <div className={shared.fact} data-main data-weight={LINK_WEIGHT[link.state]}>
          <span className={shared.linkState}>
            <LinkIcon state={link.state} size={120} />
            {words.state}
          </span>
          <span className={shared.label}>{words.cause ?? words.means}</span>
        </div>
        <div className={shared.fact}>
          <bdi className={classes.age}>{link.heardAt === null ? t('wall.never') : format.age(now - link.heardAt)}</bdi>
          <span className={shared.label}>{t('wall.heard')}</span>
        </div>
        <div className={shared.fact}>
          <bdi className={classes.age}>{format.age(now - link.since)}</bdi>
          <span className={shared.label}>{t('wall.lasts')}</span>
        </div>
      </div>
    </div>
  )
}
