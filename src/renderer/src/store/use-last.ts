import { useEffect, useState } from 'react'

/** It stays as it was last where the record goes away meanwhile: what is being typed about it is not taken away. */
export function useLast<T>(now: T | null): T | null {
  const [last, keep] = useState(now)
  useEffect(() => {
    if (now !== null) keep(now)
  }, [now])
  return now ?? last
}
