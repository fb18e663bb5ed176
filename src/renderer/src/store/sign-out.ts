import { useCall } from './core-context.tsx'
import { forgetTyped } from './drafts.ts'

/** Signs out; what was typed in dialogs and not sent goes with it. */
export function useSignOut() {
  const call = useCall()
  return async () => {
    const result = await call('session.sign-out', null)
    if (result.ok) forgetTyped()
    return result
  }
}
