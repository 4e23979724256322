import type ts from 'typescript';
import {compiler} from './compiler.js';

/** Text that stands for what lies between two places of a file. */
type Edit = {readonly from: number; readonly to: number; readonly text: string};

/** A file of a bundle. */
export type Chunk = {readonly name: string; readonly code: string};

/**
The files of a bundle, their variables that are set once made constants. A bundler writes all that
a module declares as `var`, which anybody might set again; of a constant V8 knows what it is when
it compiles what uses it, so the number of a step or of a tracepoint stands in the code, and no
look at a table. What other files of the bundle see is read through a cell and never known, so it
goes out, and comes in, under a name of its own: `step` is the file's own constant, `step$out` what
others import.

A fifth of the time of a run. Files must not import each other in a circle, and what a module
evaluates must use no constant that stands below it.
*/
export function withConstants(chunks: readonly Chunk[]): readonly Chunk[] {
	const parsed = chunks.map(({name, code}) => ({name, code, source: parse(code)}));
	const fixed = new Map(parsed.map(({name, source}) => [name, fixedNames(source)]));
	const outside = new Map(parsed.map(({name, source}) => [name, fixedExports(source, fixed.get(name))]));
	return parsed.map(({name, code, source}) => ({
		name,
		code: edited(code, [
			...source.statements.flatMap(statement => declared(statement, code, fixed.get(name))),
			...source.statements.flatMap(statement => sentOut(statement, fixed.get(name))),
			...source.statements.flatMap(statement => broughtIn(statement, outside)),
		]),
	}));
}

function parse(code: string): ts.SourceFile {
	return compiler.createSourceFile('chunk.js', code, compiler.ScriptTarget.ESNext, true, compiler.ScriptKind.JS);
}

function edited(code: string, edits: readonly Edit[]): string {
	let text = '';
	let at = 0;
	// What is put in front of a statement comes before what stands for it.
	for (const {from, to, text: instead} of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
		text += code.slice(at, from) + instead;
		at = to;
	}

	return text + code.slice(at);
}

/** Names that a pattern, or an expression that is assigned to, binds. */
function namesIn(node: ts.Node): readonly string[] {
	if (compiler.isIdentifier(node)) {
		return [node.text];
	}

	const names: string[] = [];
	node.forEachChild(child => {
		names.push(...namesIn(child));
	});
	return names;
}

/** Every name that is set again anywhere in a file, whatever it is the name of there. */
function setAgain(source: ts.SourceFile): ReadonlySet<string> {
	const names = new Set<string>();
	const note = (target: ts.Node): void => {
		for (const name of namesIn(target)) {
			names.add(name);
		}
	};

	const look = (node: ts.Node): void => {
		if (
			compiler.isBinaryExpression(node) &&
			node.operatorToken.kind >= compiler.SyntaxKind.FirstAssignment &&
			node.operatorToken.kind <= compiler.SyntaxKind.LastAssignment &&
			!compiler.isPropertyAccessExpression(node.left) &&
			!compiler.isElementAccessExpression(node.left)
		) {
			note(node.left);
		} else if (
			(compiler.isPrefixUnaryExpression(node) || compiler.isPostfixUnaryExpression(node)) &&
			(node.operator === compiler.SyntaxKind.PlusPlusToken ||
				node.operator === compiler.SyntaxKind.MinusMinusToken) &&
			compiler.isIdentifier(node.operand)
		) {
			note(node.operand);
		} else if (
			(compiler.isForInStatement(node) || compiler.isForOfStatement(node)) &&
			!compiler.isVariableDeclarationList(node.initializer)
		) {
			note(node.initializer);
		}

		node.forEachChild(look);
	};

	look(source);
	return names;
}

/** `var` at the top of a file. */
function isVariable(statement: ts.Statement): statement is ts.VariableStatement {
	return (
		compiler.isVariableStatement(statement) &&
		(statement.declarationList.flags & compiler.NodeFlags.BlockScoped) === 0
	);
}

/** What a file declares at its top with a value and sets no more: variables and functions. */
function fixedNames(source: ts.SourceFile): ReadonlySet<string> {
	const again = setAgain(source);
	const names = new Set<string>();
	for (const statement of source.statements) {
		if (isVariable(statement)) {
			for (const {name, initializer} of statement.declarationList.declarations) {
				for (const bound of initializer === undefined ? [] : namesIn(name)) {
					names.add(bound);
				}
			}
		} else if (compiler.isFunctionDeclaration(statement) && statement.name !== undefined) {
			names.add(statement.name.text);
		}
	}

	return new Set([...names].filter(name => !again.has(name)));
}

/** A file's variables as constants, those apart that are none. */
function declared(statement: ts.Statement, code: string, fixed: ReadonlySet<string> = new Set()): readonly Edit[] {
	if (!isVariable(statement)) {
		return [];
	}

	const text = statement.declarationList.declarations
		.map(declaration => {
			const isConstant =
				declaration.initializer !== undefined && namesIn(declaration.name).every(name => fixed.has(name));
			return `${isConstant ? 'const' : 'var'} ${code.slice(declaration.getStart(), declaration.end)};`;
		})
		.join('');
	return [{from: statement.getStart(), to: statement.end, text}];
}

/** The names that a statement sends out, each with the one that it has inside. */
function exportsOf(statement: ts.Statement): ReadonlyArray<{readonly inside: string; readonly outside: string}> {
	return compiler.isExportDeclaration(statement) &&
		statement.moduleSpecifier === undefined &&
		statement.exportClause !== undefined &&
		compiler.isNamedExports(statement.exportClause)
		? statement.exportClause.elements.map(({name, propertyName}) => ({
				inside: (propertyName ?? name).text,
				outside: name.text,
			}))
		: [];
}

function fixedExports(source: ts.SourceFile, fixed: ReadonlySet<string> = new Set()): ReadonlySet<string> {
	return new Set(
		source.statements
			.flatMap(statement => exportsOf(statement))
			.filter(({inside}) => fixed.has(inside))
			.map(({outside}) => outside),
	);
}

/** What a file exports, constants under names of their own. */
function sentOut(statement: ts.Statement, fixed: ReadonlySet<string> = new Set()): readonly Edit[] {
	const names = exportsOf(statement);
	if (names.length === 0) {
		return [];
	}

	const apart = names.filter(({inside}) => fixed.has(inside));
	const text = [
		...apart.map(({inside}) => `const ${inside}$out=${inside};`),
		`export{${names
			.map(({inside, outside}) => `${fixed.has(inside) ? `${inside}$out` : inside} as ${outside}`)
			.join(',')}};`,
	].join('');
	return [{from: statement.getStart(), to: statement.end, text}];
}

/** What a file imports: constants of another become its own. */
function broughtIn(statement: ts.Statement, outside: ReadonlyMap<string, ReadonlySet<string>>): readonly Edit[] {
	if (!compiler.isImportDeclaration(statement) || !compiler.isStringLiteral(statement.moduleSpecifier)) {
		return [];
	}

	const bindings = statement.importClause?.namedBindings;
	const fixed = outside.get(statement.moduleSpecifier.text.replace(/^\.\//v, ''));
	if (bindings === undefined || !compiler.isNamedImports(bindings) || fixed === undefined) {
		return [];
	}

	return [
		...bindings.elements
			.filter(({name, propertyName}) => fixed.has((propertyName ?? name).text))
			.map(element => ({
				from: element.getStart(),
				to: element.end,
				text: `${(element.propertyName ?? element.name).text} as ${element.name.text}$in`,
			})),
		{
			from: statement.end,
			to: statement.end,
			text: bindings.elements
				.filter(({name, propertyName}) => fixed.has((propertyName ?? name).text))
				.map(({name}) => `const ${name.text}=${name.text}$in;`)
				.join(''),
		},
	];
}
