import type { Incident } from '../../../../shared/view/incident.ts'
import { useOpen } from '../../store/open.ts'
import { useRoute } from '../../store/route.ts'
import { AskDialog } from './ask-dialog.tsx'
import { useWhyNot } from './incident-card.tsx'
import { useIncidentTitle } from './incident-words.ts'
import { ASKING, type Asking } from './use-incident-acts.ts'

type OpenedProps = { readonly incidents: readonly Incident[] }

/** What the address asks about one fault, where that can be done with it now. */
export function OpenedAsk({ incidents }: OpenedProps) {
  const act = useRoute(({ query }) => ASKING.find((each) => each === query.open) ?? null)
  return act === null ? null : <Opened key={act} act={act} incidents={incidents} />
}

function Opened({ act, incidents }: OpenedProps & { readonly act: Asking }) {
  const { of, close } = useOpen(act)
  const why = useWhyNot()
  const title = useIncidentTitle()
  const incident = incidents.find(({ id }) => id === of)
  if (!incident || why(incident, act) !== null) return null
  return <AskDialog key={incident.id} act={act} id={incident.id} title={title(incident)} onClose={close} />
}
