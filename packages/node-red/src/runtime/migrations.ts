import type { NodeConfig } from './node-red.ts'

/** One step that brings a saved node to the shape of `version`. */
export interface Migration {
  readonly version: number
  readonly up: (config: Readonly<Record<string, unknown>>) => Record<string, unknown>
}

/** The version that the editor writes today. */
export const currentVersion: number = 1

/** Every change of a saved shape, oldest first. Version 1 is the first one that was ever saved. */
export const migrations: readonly Migration[] = []

/**
 * Brings the configuration of a node that an older release saved to the shape of today. The flow file itself stays as
 * it is until the user edits the node.
 */
export function migrate<C extends NodeConfig>(config: C, steps: readonly Migration[] = migrations): C {
  let migrated: Record<string, unknown> = { ...(config as object) }
  for (const { version, up } of steps) {
    if (Number(migrated.version ?? 1) < version) migrated = { ...up(migrated), version }
  }
  return migrated as unknown as C
}
