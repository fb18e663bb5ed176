import type { LinkView } from '../../shared/model/link.ts'
import { scopeOf } from '../authority.ts'
import type { CoreOptions } from '../core-contract.ts'
import type { Acts } from '../acts.ts'
import { PaperActs } from '../paper/paper-acts.ts'
import { CallActs } from '../phone/call-acts.ts'
import type { Ports } from '../ports.ts'
import { DutyActs, type DutyParts } from './duty-acts.ts'
import { Watch } from './watch.ts'

type Parts = Omit<DutyParts, 'clock'> &
  Pick<CoreOptions, 'target'> & {
    readonly link: () => LinkView
    readonly acts: Acts
  }

/** Who looks for what needs a person, and what persons do about it: over one server's book. It owns the watch. */
export class OnDuty {
  readonly acts: DutyActs
  readonly phone: CallActs
  /** What they counted on paper. */
  readonly paper: PaperActs
  readonly watch: Watch

  constructor({ clock, disk }: Ports, parts: Parts) {
    this.acts = new DutyActs({ ...parts, clock })
    this.phone = new CallActs({ ...parts, clock, act: (action) => parts.acts.act({ action }) })
    this.paper = new PaperActs({ ...parts, clock })
    this.watch = new Watch({
      ...{ ...parts, clock },
      freeBytes: () => disk.freeBytes(),
      scope: () => scopeOf(parts.user()),
    })
  }
}
