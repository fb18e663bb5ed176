import type { AppContract } from '../../shared/contract.ts'
import type { LinkView } from '../../shared/model/link.ts'
import type { Handlers, Source, Sources } from '../../shared/rpc/define.ts'
import type { CommitteeRow, Headline } from '../../shared/view/board.ts'
import type { WallTile, WallView } from '../../shared/view/wall.ts'
import type { WallContract } from '../../shared/wall-contract.ts'
import type { Console } from '../console.ts'
import { PACE, paced } from '../patch/pace.ts'
import { wallTile, wallView } from './wall-view.ts'

/** What every window may ask for of the wall: the sums and how it stands, and the committees. */
export const wallSources = (
  console: Console,
  headline: Source<null, Headline, Headline>,
  committees: Source<null, CommitteeRow[], CommitteeRow>,
): Pick<Sources<AppContract>, 'wall' | 'wall-tiles'> => ({
  wall: wallSource(console, headline),
  'wall-tiles': tilesSource(committees),
})

const wallSource =
  (console: Console, headline: Source<null, Headline, Headline>): Source<null, WallView, WallView> =>
  (input, changed) => {
    const pace = paced(console.ports.clock, PACE.figures, changed)
    const tell = () => pace.tell('wall')
    const sums = headline(input, tell)
    const stops = [console.onChange(tell), console.core.onReplaced(tell)]
    const read = () => wallView(console, sums.snapshot())
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        for (const stop of stops) stop()
        sums.stop()
        pace.stop()
      },
    }
  }

const tilesSource =
  (committees: Source<null, CommitteeRow[], CommitteeRow>): Source<null, WallTile[], WallTile> =>
  (input, changed) => {
    const rows = committees(input, changed)
    return {
      snapshot: () => rows.snapshot().map(wallTile),
      patch: (key) => {
        const row = rows.patch(key)
        return row === null ? null : wallTile(row)
      },
      stop: rows.stop,
    }
  }

type DeskSide = { readonly handlers: Handlers<AppContract>; readonly sources: Sources<AppContract> }
type WallSide = { readonly handlers: Handlers<WallContract>; readonly sources: Sources<WallContract> }

/** The part of a console that a wall's window is served: chosen by name, and the link without what a server said of it. */
export const wallSide = ({ handlers, sources }: DeskSide): WallSide => ({
  handlers: {
    'wall.pair': handlers['wall.pair'],
    'wall.sign-in': handlers['wall.sign-in'],
    'link.try-now': handlers['link.try-now'],
  },
  sources: {
    wall: sources.wall,
    'wall-tiles': sources['wall-tiles'],
    host: sources.host,
    zone: sources.zone,
    trust: sources.trust,
    link: withoutProof(sources.link),
  },
})

/** A proof quotes the server, which may name an account. */
const withoutProof =
  (link: Source<null, LinkView, LinkView>): Source<null, LinkView, LinkView> =>
  (input, changed) => {
    const feed = link(input, changed)
    const bare = (view: LinkView): LinkView => ({ ...view, cause: view.cause && { ...view.cause, proof: '' } })
    return {
      snapshot: () => bare(feed.snapshot()),
      patch: (key) => {
        const view = feed.patch(key)
        return view === null ? null : bare(view)
      },
      stop: feed.stop,
    }
  }
