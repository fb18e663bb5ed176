import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import type { Store } from '../store/store.ts'
import type { Viewer } from './roles.ts'
import { viewerOf } from './roles.ts'
import type { Admission } from './tickets.ts'
import type { Tokens } from './tokens.ts'
import type { UserRecord } from '../store/records.ts'

/** Who asks, as of now: the account is read anew each time, so a lost right is lost at once. */
export type Caller = { readonly user: UserRecord; readonly viewer: Viewer; readonly admission: Admission }
export type GateFault = { readonly is: 'missing' | 'expired' | 'invalid' | 'inactive' }

export type Gate = {
  byToken(token: string | null): Promise<Result<Caller, GateFault>>
  byAdmission(admission: Admission): Result<Caller, GateFault>
}

/** The one door: turns an access token or an admission into a caller, or says why not. */
export function gateOf(store: Store, tokens: Tokens): Gate {
  const byAdmission = (admission: Admission): Result<Caller, GateFault> =>
    store.read((tables): Result<Caller, GateFault> => {
      if (tables.tokens.isRevoked(admission.sid)) return err({ is: 'invalid' })
      const user = tables.users.byId(admission.userId)
      if (user === null) return err({ is: 'invalid' })
      if (!user.is_active) return err({ is: 'inactive' })
      return ok({ user, viewer: viewerOf(user, tables.users.teamOf(user.id)), admission })
    }).value
  return {
    byAdmission,
    byToken: async (token) => {
      if (token === null || token === '') return err({ is: 'missing' })
      const claims = await tokens.verify(token, 'access')
      if (!claims.ok) return err({ is: claims.error.is })
      const { user_id: userId, sid, exp } = claims.value
      return byAdmission({ userId, sid, exp })
    },
  }
}

/** The token of an `Authorization: Bearer …` header, or null. */
export function bearerOf(header: string | undefined): string | null {
  const found = header === undefined ? null : /^Bearer (\S+)$/i.exec(header)
  return found?.[1] ?? null
}
