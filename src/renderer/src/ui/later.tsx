import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/** The host is on this machine: if it does not give a part of the page now, it will in a moment. ms. */
const AGAIN_MS = 1_500

const parts: (() => Promise<unknown>)[] = []

/** A part of the page that is fetched after the first paint, or when it is first drawn; asked for until it came. */
export function later<P extends object>(fetch: () => Promise<ComponentType<P>>, waiting: ReactNode): ComponentType<P> {
  let part: ComponentType<P> | null = null
  const load = async () => {
    part ??= await fetch()
    return part
  }
  parts.push(load)
  return function Later(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | null>(() => part)
    useEffect(() => {
      if (Part) return
      let wanted = true
      let timer: ReturnType<typeof setTimeout> | undefined
      const ask = () => {
        load().then(
          (came) => wanted && setPart(() => came),
          () => {
            if (wanted) timer = setTimeout(ask, AGAIN_MS)
          },
        )
      }
      ask()
      return () => {
        wanted = false
        clearTimeout(timer)
      }
    }, [Part])
    return Part ? <Part {...props} /> : waiting
  }
}

/** Fetches every such part, so that none is missing when the host goes away. What fails is asked for when it is drawn. */
export async function fetchTheRest(): Promise<void> {
  for (const load of parts) await load().catch(() => undefined)
}
