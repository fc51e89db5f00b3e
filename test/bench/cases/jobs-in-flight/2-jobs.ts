import type { Contestant } from '../../bench-case.ts'
import { load } from './load.ts'

export const run: Contestant = load(2)
