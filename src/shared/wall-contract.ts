import { contract } from './contract.ts'
import { defineContract } from './rpc/define.ts'
import { WALL_COMMANDS, WALL_STREAMS } from './view/wall.ts'

const { commands, streams } = contract

/**
 * The whole of what crosses to a wall's window, a part of the desk's contract under the same version: the page is the same.
 * What is not here is refused by name, so no list, feed, session or journal ever reaches a wall.
 */
export const wallContract = defineContract({
  version: contract.version,
  commands: { ...WALL_COMMANDS, 'link.try-now': commands['link.try-now'] },
  streams: { ...WALL_STREAMS, host: streams.host, zone: streams.zone, link: streams.link, trust: streams.trust },
})
export type WallContract = typeof wallContract
