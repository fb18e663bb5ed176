import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WallView } from '../../../../shared/view/wall.ts'
import { assertNever } from '../../../../shared/result.ts'
import { useValue } from '../../store/core-context.tsx'
import { Keys } from '../../ui/kbd.tsx'
import { useTryNow } from '../../ui/use-try-now.ts'
import { Bands } from './bands.tsx'
import { CommitteesScene } from './committees-scene.tsx'
import { type Scene, type SceneAddress, SCENES, showScene, useSceneAddress } from './scene-address.ts'
import { CountScene, LinkScene, TurnoutScene } from './scenes.tsx'
import { SetUp } from './set-up.tsx'
import { scenesOf, useRotation } from './use-rotation.ts'
import { useWallKeys, type WallOpen } from './use-wall-keys.ts'
import { useAwake, useOwnReload, usePointerRest } from './use-awake.ts'
import { WallHead } from './wall-head.tsx'
import classes from './wall-page.module.css'

const FIRST: SceneAddress = { scene: 'turnout', paused: false }

/** A screen nobody stands at: it turns through its scenes, shows sums and committees, and asks nobody who they are. */
export function WallPage() {
  const { t } = useTranslation()
  const view = useValue('wall')
  const link = useValue('link')
  const asked = useSceneAddress((state) => state.at)
  const at = asked ?? FIRST
  const [open, setOpen] = useState<WallOpen>('nothing')
  const scenes = scenesOf(view)
  const tryNow = useTryNow()
  // The scene is in the address from the start: a reload shows the same.
  useEffect(() => {
    if (!asked) showScene(FIRST)
  }, [asked])
  useRotation(at, scenes, open === 'set-up' || view?.standing === 'unpaired')
  useWallKeys(
    useMemo(() => ({ at, scenes, open, onOpen: setOpen, tryNow: () => void tryNow() }), [at, scenes, open, tryNow]),
  )
  useAwake()
  useOwnReload()
  const restless = usePointerRest()
  const setsUp = view !== null && (view.standing === 'unpaired' || open === 'set-up')
  return (
    <div
      className={classes.wall}
      data-wall
      data-state={link?.state ?? 'none'}
      data-pointer={restless || setsUp || undefined}
    >
      <div className={classes.room}>
        {view && <WallHead view={view} />}
        {view && <Bands view={view} />}
        <main className={classes.main}>
          {!setsUp && <h1 className="visually-hidden">{t('wall.title')}</h1>}
          {view === null ? null : setsUp ? (
            <SetUp view={view} onDone={() => setOpen('nothing')} />
          ) : (
            <SceneOf scene={at.scene} view={view} />
          )}
        </main>
        {!setsUp && <Foot at={at} onKeys={() => setOpen(open === 'keys' ? 'nothing' : 'keys')} />}
        {open === 'keys' && <KeyList />}
      </div>
    </div>
  )
}

function SceneOf({ scene, view }: { readonly scene: Scene; readonly view: WallView }) {
  switch (scene) {
    case 'turnout':
      return <TurnoutScene view={view} />
    case 'committees':
      return <CommitteesScene />
    case 'count':
      return <CountScene view={view} />
    case 'link':
      return <LinkScene />
    default:
      return assertNever(scene)
  }
}

function Foot({ at, onKeys }: { readonly at: SceneAddress; readonly onKeys: () => void }) {
  const { t } = useTranslation()
  const Icon = at.paused ? IconPlayerPlayFilled : IconPlayerPauseFilled
  return (
    <footer className={classes.foot}>
      <nav aria-label={t('wall.scenesLabel')} className={classes.dots}>
        {SCENES.map((scene) => (
          <button
            key={scene}
            type="button"
            aria-current={scene === at.scene || undefined}
            onClick={() => showScene({ ...at, scene })}
          >
            {t(`wall.scenes.${scene}`)}
          </button>
        ))}
      </nav>
      {at.paused && <b className={classes.paused}>{t('wall.paused')}</b>}
      <button
        type="button"
        className={classes.tool}
        aria-label={t(at.paused ? 'wall.resume' : 'wall.pause')}
        onClick={() => showScene({ ...at, paused: !at.paused })}
      >
        <Icon size={32} aria-hidden />
      </button>
      <button type="button" className={classes.tool} onClick={onKeys}>
        {t('wall.keysHint')}
      </button>
    </footer>
  )
}

const KEYS = [
  ['space', 'Space'],
  ['arrows', '← →'],
  ['numbers', '1 – 4'],
  ['language', 'A'],
  ['digits', 'D'],
  ['setUp', 'P'],
  ['tryNow', 'T'],
  ['close', 'Esc'],
] as const

function KeyList() {
  const { t } = useTranslation()
  return (
    <section className={classes.keys} aria-label={t('wall.keysTitle')}>
      <h2>{t('wall.keysTitle')}</h2>
      <dl>
        {KEYS.map(([name, keys]) => (
          <div key={name}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{t(`wall.key.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
