/** One part of a multipart/form-data body; a part with a file name is a binary one. */
export interface Part {
  readonly name: string
  readonly type: string
  readonly fileName?: string
  readonly content: string
}

export const FORM_TYPE = 'multipart/form-data; boundary=part'

/** The parts as one body under the boundary of {@link FORM_TYPE}. */
export function multipartForm(...parts: readonly Part[]): string {
  const written = parts.map(({ name, type, fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`
    return `--part\r\nContent-Disposition: form-data; name="${name}"${file}\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`
  })
  return `${written.join('')}--part--\r\n`
}

/** The two parts of a new file. */
export function fileForm(fields: object, content: string): string {
  return multipartForm(
    { name: 'entity_content', type: 'application/json', content: JSON.stringify(fields) },
    { name: 'VersionData', type: 'application/octet-stream', fileName: 'data.bin', content },
  )
}
