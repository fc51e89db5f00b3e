import ts from 'typescript'

/** One import, export-from, dynamic import, `require` call or import type. */
export interface ModuleImport {
  readonly specifier: string
  /** Erased when the types are stripped: says nothing about what runs. */
  readonly typeOnly: boolean
}

/** What the rules need to know about one module. */
export interface Module {
  readonly path: string
  readonly imports: readonly ModuleImport[]
  readonly hasDefaultExport: boolean
  /** Nothing but re-exports: a barrel. */
  readonly isBarrel: boolean
  /** Names used as values that the module does not declare, `Date.now` for a member, `new Date()` for a bare construction. */
  readonly uses: ReadonlySet<string>
}

/** Reads the facts off a module's syntax tree. */
export function readModule(path: string, text: string): Module {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const imports: ModuleImport[] = []
  const uses = new Set<string>()
  const declared = new Set<string>()
  const visit = (node: ts.Node): void => {
    const found = importOf(node)
    if (found !== undefined) imports.push(found)
    const use = useOf(node)
    if (use !== undefined) uses.add(use)
    if (ts.isIdentifier(node) && isDeclaration(node)) declared.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return {
    path,
    imports,
    uses: uses.difference(declared),
    hasDefaultExport: source.statements.some(isDefaultExport),
    isBarrel: source.statements.length > 0 && source.statements.every(isReExport),
  }
}

function importOf(node: ts.Node): ModuleImport | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return {
      specifier: node.moduleSpecifier.text,
      typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    }
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly }
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal.text, typeOnly: true }
  }
  if (ts.isCallExpression(node) && isLoader(node.expression)) {
    const [argument] = node.arguments
    if (argument !== undefined && ts.isStringLiteralLike(argument)) return { specifier: argument.text, typeOnly: false }
  }
  return undefined
}

function isLoader(expression: ts.Expression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require')
  )
}

function useOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    return `${node.expression.text}.${node.name.text}`
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && (node.arguments?.length ?? 0) === 0) {
    return `new ${node.expression.text}()`
  }
  return ts.isIdentifier(node) && !isName(node) && !ts.isTypeNode(node.parent) ? node.text : undefined
}

function isDeclaration(node: ts.Identifier): boolean {
  const { parent } = node
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isImportSpecifier(parent)
  return declares && parent.name === node
}

/** Is the identifier the name of something (a declaration, a member, a label) rather than a use of a value? */
function isName(node: ts.Identifier): boolean {
  const parent = node.parent as ts.Node & { name?: ts.Node; propertyName?: ts.Node }
  if (ts.isShorthandPropertyAssignment(parent)) return false
  return parent.name === node || parent.propertyName === node
}

function isDefaultExport(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true
  if (ts.isExportDeclaration(statement) && statement.exportClause !== undefined) {
    return (
      ts.isNamedExports(statement.exportClause) &&
      statement.exportClause.elements.some((e) => e.name.text === 'default')
    )
  }
  return (
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword) === true
  )
}

function isReExport(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined
}
