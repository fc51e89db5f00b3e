import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { send, startEmulator } from '../support/harness.ts'

/** The roads of the README's table of what is not covered, with a version and an object for the letters. */
function uncoveredRoads(): string[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const table = readme.split('Every other road answers **501**')[1]?.split('\n\n')[1] ?? ''
  const cells = table.split('\n').map((row) => row.split(' | ')[0] ?? '')
  return cells.flatMap((cell) => {
    const roads = [...cell.matchAll(/`([^`]+)`/g)].map(([, road = '']) => road)
    return roads.map((road) => (road.startsWith('...') ? `{d}/sobjects/{object}${road.slice(3)}` : road))
  })
}

test('every road that the README calls uncovered is 501 with its name', async (t) => {
  const emulator = await startEmulator(t)
  const roads = uncoveredRoads()
  assert.ok(roads.length > 12, roads.join())
  for (const road of roads) {
    const path = road.replace('{d}', '/services/data/v67.0').replace('{object}', 'Account').replace('NN.0', '60.0')
    const { status, json } = await send(emulator, 'GET', path)
    assert.deepEqual([status, json?.[0].errorCode], [501, 'NOT_IMPLEMENTED'], road)
    assert.match(json[0].message, /does not cover/)
  }
})
