import type { CommandKey } from '../../shared/model/ids.ts'
import type { LinkView } from '../../shared/model/link.ts'
import { scopeOf } from '../authority.ts'
import type { CoreOptions } from '../core-contract.ts'
import type { Acts } from '../acts.ts'
import { PaperActs } from '../paper/paper-acts.ts'
import type { Sharing } from '../sharing.ts'
import { callLedger } from '../phone/call-ledger.ts'
import { handledLedger } from '../count/handled-ledger.ts'
import { Teller } from '../teller.ts'
import { CallActs } from '../phone/call-acts.ts'
import type { Ports } from '../ports.ts'
import { DutyActs, type DutyParts } from './duty-acts.ts'
import { Watch } from './watch.ts'

type Parts = Omit<DutyParts, 'clock'> &
  Pick<CoreOptions, 'target'> & {
    readonly link: () => LinkView
    readonly acts: Acts
    readonly sharing: Sharing
  }

/** Who looks for what needs a person, and what persons do about it: over one server's book. It owns the watch. */
export class OnDuty {
  readonly acts: DutyActs
  readonly phone: CallActs
  /** What they counted on paper. */
  readonly paper: PaperActs
  /** Tells the server what could not be told at once. */
  readonly teller: Teller
  readonly watch: Watch

  constructor({ clock, disk, random }: Ports, parts: Parts) {
    this.acts = new DutyActs({ ...parts, clock })
    this.paper = new PaperActs({ ...parts, clock })
    this.teller = new Teller({ ...parts, clock, ledgers: [callLedger(clock), handledLedger] })
    this.phone = new CallActs({
      ...{ ...parts, clock, teller: this.teller },
      act: (action) => parts.acts.act({ action }),
      newKey: () => random.id() as CommandKey, // made here, nobody else has it
    })
    this.watch = new Watch({
      ...{ ...parts, clock },
      freeBytes: () => disk.freeBytes(),
      scope: () => scopeOf(parts.user()),
    })
  }
}
