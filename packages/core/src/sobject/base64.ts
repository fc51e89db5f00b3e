/** Bytes at a time; a multiple of three, so that the pieces join to one text, and few enough for one call. */
const piece = 0x6000

/** Bytes as base64 text, the form that fields of type base64 have in JSON. */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += piece) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + piece)))
  }
  return text
}
