import type { Behaviours } from './behaviour.ts'

export const compositeBehaviours: Behaviours = {}
