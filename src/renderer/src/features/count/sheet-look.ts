import type { z } from 'zod'
import type { AppContract } from '../../../../shared/contract.ts'

/** What the asking person may see of two entries. */
export type Look = z.output<AppContract['commands']['count.look']['output']>
