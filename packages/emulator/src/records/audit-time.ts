/** The time of a clock as stored, to the second, as Salesforce keeps its audit times; a load asks often within one second. */
export function secondsOf(clock: { now(): number }): () => string {
  let second = Number.NaN
  let text = ''
  return () => {
    const now = Math.floor(clock.now() / 1000)
    if (now !== second) {
      second = now
      text = `${new Date(now * 1000).toISOString().slice(0, 19)}.000Z`
    }
    return text
  }
}
