/** A reporter of one line, beside the one for people: `N passed, N failed`. */
export default async function* countTests(events) {
  for await (const { type, data } of events) {
    // Without isolation there is one summary; with it, one a file and one for all, which names no file.
    if (type !== 'test:summary' || data.file !== undefined) continue
    const { passed, failed, cancelled } = data.counts
    yield `${passed} passed, ${failed + cancelled} failed\n`
  }
}
