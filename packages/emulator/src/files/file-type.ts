const FILE_TYPES: Readonly<Record<string, string>> = {
  csv: 'CSV',
  doc: 'WORD',
  docx: 'WORD_X',
  gif: 'GIF',
  htm: 'HTML',
  html: 'HTML',
  jpeg: 'JPG',
  jpg: 'JPG',
  mp4: 'MP4',
  pdf: 'PDF',
  png: 'PNG',
  ppt: 'POWER_POINT',
  pptx: 'POWER_POINT_X',
  txt: 'TEXT',
  xls: 'EXCEL',
  xlsx: 'EXCEL_X',
  xml: 'XML',
  zip: 'ZIP',
}

/** What a path on the client says of a file: `C:\\docs\\Plan.PDF` is titled `Plan`, its extension `PDF`, its type `PDF`. */
export interface FileName {
  readonly title: string
  readonly extension: string | null
  /** ContentVersion.FileType; `UNKNOWN` for extensions that Salesforce has no type for. */
  readonly type: string
}

/** Takes the last part of a path apart. */
export function fileName(pathOnClient: string): FileName {
  const name = pathOnClient.split(/[/\\]/).at(-1) ?? ''
  const dot = name.lastIndexOf('.')
  if (dot <= 0) return { title: name, extension: null, type: 'UNKNOWN' }
  const extension = name.slice(dot + 1)
  return { title: name.slice(0, dot), extension, type: FILE_TYPES[extension.toLowerCase()] ?? 'UNKNOWN' }
}
