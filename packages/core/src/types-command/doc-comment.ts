const width = 120

/** Text as a TSDoc comment, with the indentation of what it stands above; on one line where it fits. */
export function docComment(indentation: string, text: string): string {
  const safe = text.replace(/\s+/g, ' ').trim().replaceAll('*/', '*\\/').replace(/[@{}]/g, '\\$&')
  const single = `${indentation}/** ${safe} */`
  if (single.length <= width) return single
  const lines = wrap(safe, width - indentation.length - 3)
  return [`${indentation}/**`, ...lines.map((line) => `${indentation} * ${line}`), `${indentation} */`].join('\n')
}

function wrap(text: string, columns: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + 1 + word.length > columns) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
