import { runDemoCommand } from './command-line.ts'
import { nodeRed } from './node-red-engine.ts'

await runDemoCommand('demo', nodeRed)
