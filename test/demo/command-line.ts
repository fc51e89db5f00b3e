import { Command } from 'commander'
import { demo } from './demo.ts'
import type { Engine } from './engine.ts'

/** Reads the command line of a demo, shows it and sets the exit code. */
export async function runDemoCommand(name: string, engine: Engine): Promise<void> {
  const command = new Command(name)
    .description(`Loads a real CSV into a local Salesforce by Bulk API 2.0, from ${engine.name}`)
    .option('--once', 'run the job twice, check that every row is accounted for, and end', false)
    .parse()
  process.exitCode = await demo(engine, command.opts<{ once: boolean }>())
}
