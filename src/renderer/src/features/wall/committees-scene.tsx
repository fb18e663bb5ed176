import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { WallTile } from '../../../../shared/view/wall.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { useIsUnread, useTrust } from '../../store/trust.ts'
import { DoubtLine } from './doubt-line.tsx'
import { Fact } from './fact.tsx'
import { CONDITIONS, faultsFirst } from '../../ui/faults-first.ts'
import shared from './wall.module.css'
import classes from './committees-scene.module.css'

/** Faulty kinds shown as facts; the fine ones are the rest. */
/** A scene has three facts at most: the worst. */
const MOST_FACTS = 3
const FAULTS = CONDITIONS.filter((condition) => condition !== 'fine')

/** So few are faulty that each may take four places: read from the other end of the room. */
const FEW = 1 / 8

/** A tile is drawn about so many times as wide as high, in a wide and in a tall room. */
const [WIDE, TALL] = [2.2, 0.9]

/** Where is colour? Faults first, then in people's order. */
export function CommitteesScene() {
  const { t } = useTranslation()
  const tiles = useValue('wall-tiles')
  const isUnread = useIsUnread('committees')
  if (!tiles) return null
  if (tiles.length === 0) return <p className={classes.empty}>{t(isUnread ? 'wall.unread' : 'wall.noCommittees')}</p>
  const count = (condition: WallTile['condition']) => tiles.filter((tile) => tile.condition === condition).length
  const faulty = FAULTS.filter((condition) => count(condition) > 0).slice(0, MOST_FACTS)
  return (
    <div className={shared.scene} data-scene="committees">
      <div className={classes.withTiles}>
        <div className={shared.counts}>
          {faulty.length === 0 ? (
            <Fact value={tiles.length} topic="committees" label={t('wall.allFine')} />
          ) : (
            faulty.map((condition) => (
              <Fact
                key={condition}
                value={count(condition)}
                topic="committees"
                condition={condition}
                label={t(`wall.condition.${condition}`)}
              />
            ))
          )}
        </div>
        <Tiles tiles={faultsFirst(tiles)} />
      </div>
      <DoubtLine topic="attendance" />
    </div>
  )
}

function Tiles({ tiles }: { readonly tiles: readonly WallTile[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const trust = useTrust('attendance')?.state ?? 'provisional'
  const faulty = tiles.filter((tile) => tile.condition !== 'fine').length
  const large = faulty > 0 && faulty <= tiles.length * FEW
  const places = tiles.length + (large ? 3 * faulty : 0)
  const columns = (ratio: number) => Math.max(1, Math.ceil(Math.sqrt(places * ratio)))
  // The two counts of columns; which one holds is the room's shape, told by the style.
  const style = { '--wide': columns(WIDE), '--tall': columns(TALL) } as CSSProperties // custom properties are not in the type
  return (
    <ul
      className={classes.tiles}
      data-trust={trust}
      data-large={large || undefined}
      style={style}
      aria-label={t('wall.tiles')}
    >
      {tiles.map((tile) => {
        const share = format.share(tile.attended, tile.electors)
        return (
          <li
            key={tile.id}
            className={classes.tile}
            data-condition={tile.condition}
            aria-label={`${format.digitsOf(tile.code)} ${t(`wall.condition.${tile.condition}`)} ${share}`}
          >
            <bdi>{format.digitsOf(tile.code)}</bdi>
          </li>
        )
      })}
    </ul>
  )
}
