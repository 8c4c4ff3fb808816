/** `fauxflare drift`: compares the document that we serve with another one. */
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { runDrift } from './drift/command.ts'
import { loadFixtures } from './fixtures.ts'
import { Worlds } from './worlds.ts'

/** @returns the exit code: 0 without differences, 1 with some, 2 when the file cannot be read */
export async function drift(file: string, json: boolean): Promise<number> {
  const config = readConfig({})
  const app = await createApp(new Worlds(loadFixtures('empty'), config), config)
  await app.ready()
  const ours = app.swagger()
  await app.close()
  return runDrift(file, { ours, json, write: (text) => process.stdout.write(text) })
}
