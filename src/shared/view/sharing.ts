import { z } from 'zod'

/**
 * What a server may hold for all desks. `calls`: who rings whom; `remarks`: words to a sheet's warnings, and who dealt with them;
 * `double`: the two blind entries of a sheet.
 */
export const SHARED = ['calls', 'remarks', 'double'] as const
export const Shared = z.enum(SHARED)
export type Shared = z.infer<typeof Shared>

/**
 * How far other desks know what people do here. `shared`: the server holds it for all. `away`: it would, and cannot be reached.
 * `alone`: this server has no place for it.
 */
export const Sharing = z.enum(['shared', 'away', 'alone'])
export type Sharing = z.infer<typeof Sharing>
