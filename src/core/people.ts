import type { CommandKey } from '../shared/model/ids.ts'
import type { LinkView } from '../shared/model/link.ts'
import { Acts, type ActsParts } from './acts.ts'
import { SHARED, type Shared } from '../shared/view/sharing.ts'
import type { Book } from './book.ts'
import type { Calls } from './calls.ts'
import type { CoreOptions } from './core-contract.ts'
import { OnDuty } from './incidents/on-duty.ts'
import type { Ports } from './ports.ts'
import { Sharing } from './sharing.ts'

type PeopleParts = Pick<ActsParts, 'book' | 'user' | 'failed' | 'outbox'> &
  Pick<CoreOptions, 'target'> & { readonly link: () => LinkView }

/** What people at this desk do: with records, with what needs them, and together with other desks of the server. */
export function peopleAt({ rest, features }: Calls, ports: Ports, parts: PeopleParts) {
  const sharing = new Sharing({
    ...{ rest, clock: ports.clock, features, link: () => parts.link().state },
    // Who numbers what it tells is a hub, and a hub keeps two entries apart.
    remembers: (ability) => ability === 'double' && isNumbered(parts.book()),
  })
  const acts: Acts = new Acts({
    ...{ ...parts, sharing },
    tell: () => duty.teller.look(),
    newKey: () => ports.random.id() as CommandKey, // made here, nobody else has it
  })
  const duty: OnDuty = new OnDuty(ports, { ...parts, acts, sharing })
  const shares = (): readonly Shared[] => SHARED.filter((ability) => sharing.of(ability) !== 'alone')
  return { acts, duty, shares }
}

function isNumbered(book: Book | null): boolean {
  const [told] = book?.projection.of('committee').values() ?? []
  return told !== undefined && told.position !== null
}
