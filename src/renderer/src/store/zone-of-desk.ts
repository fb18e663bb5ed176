import { useEffect } from 'react'
import { knowsZone } from '../../../shared/zone.ts'
import { useValue } from './core-context.tsx'
import { useZone } from './zone.ts'

/** A browser with older tables than the console's tells UTC, by name, rather than a time of elsewhere. */
const UNKNOWN_HERE = 'UTC'

/** Keeps to what the console says. */
export function useZoneOfDesk(): void {
  const zone = useValue('zone')
  useEffect(() => {
    if (zone !== null) useZone.setState({ zone: knowsZone(zone) ? zone : UNKNOWN_HERE })
  }, [zone])
}
