import type { Topic } from '../shared/model/change.ts'
import { electionDelivery } from './backend/election/delivery.ts'
import type { Calls } from './calls.ts'
import { type Action, topicOfAction } from './outbox/action.ts'
import { Outbox } from './outbox/outbox.ts'
import type { Ports } from './ports.ts'

type Reading = {
  /** The server numbers its frames: none is lost unseen. */
  readonly isNumbered: () => boolean
  readonly confirm: (topics: readonly Topic[]) => void
  /** What is held of a topic may lack what was told. */
  readonly inDoubt: (topic: Topic) => boolean
}

/** The outbox of one server, and the way its actions take there and are seen back. */
export function sendingTo(
  calls: Calls,
  { clock, random, log }: Ports,
  { isNumbered, confirm, inDoubt }: Reading,
): Outbox {
  const user = () => calls.session.user()
  const delivery = electionDelivery({
    ...{ rest: calls.rest, clock, user, isSafe: isNumbered, inDoubt },
    keepsWords: () => calls.features().has('remarks'),
  })
  const read = (action: Action) => confirm([topicOfAction(action)])
  return new Outbox({
    ...{ clock, random, log, delivery, who: () => user()?.email ?? null, serverNow: calls.serverNow },
    // Where frames can be lost, what the server has after its answer is read.
    answered: (action) => {
      if (!isNumbered()) read(action)
    },
    unseen: read,
  })
}
