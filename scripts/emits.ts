import type ts from 'typescript';
import {tracepoint} from '../source/tracepoints/tracepoints.js';
import {compiler} from './compiler.js';
import {type Chunk} from './constants.js';

/** A stretch of a file that is something else afterwards. */
type Edit = {readonly from: number; readonly to: number; readonly text: string};

/**
The files of a bundle, each tracepoint with an `emit` of its own: `probe.emit(tracepoint.exit, …)`
becomes `probe.emit$exit(…)`, and the class `Probe` gets that method, a copy with the point in it.

V8 remembers whom a function has called by the place of the call in its code. That of `emit` is one
place for all tracepoints, so it knows of none who listens, and takes the long way for a call to
anybody; in a copy it has seen one listener, and may compile it in.
*/
export function withOwnEmits(chunks: readonly Chunk[]): readonly Chunk[] {
	const parsed = chunks.map(chunk => ({
		...chunk,
		source: compiler.createSourceFile(
			'chunk.js',
			chunk.code,
			compiler.ScriptTarget.ESNext,
			true,
			compiler.ScriptKind.JS,
		),
	}));
	const calls = parsed.map(({source}) => callsIn(source));
	const points = new Set(calls.flat().map(({point}) => point));
	const methods = parsed.map(({source}) => emitOf(source));
	if (points.size > 0 && methods.every(method => method === undefined)) {
		throw new Error('no class Probe with an emit among the files that emit');
	}

	return parsed.map(({name, code, source}, index) => {
		const method = methods[index];
		return {
			name,
			code: edited(code, [
				...calls[index].map(({from, to, point}) => ({from, to, text: `emit$${point}(`})),
				...(method === undefined
					? []
					: [
							{
								from: method.getStart(source),
								to: method.getStart(source),
								text: [...points].map(point => copyFor(point, method, source)).join(''),
							},
						]),
			]),
		};
	});
}

/** Calls of `emit` for a tracepoint that is named there; up to the argument behind it. */
function callsIn(source: ts.SourceFile): ReadonlyArray<Omit<Edit, 'text'> & {readonly point: string}> {
	const found: Array<Omit<Edit, 'text'> & {readonly point: string}> = [];
	const look = (node: ts.Node): void => {
		if (
			compiler.isCallExpression(node) &&
			compiler.isPropertyAccessExpression(node.expression) &&
			node.expression.name.text === 'emit' &&
			node.arguments.length === 4
		) {
			const [point, actor] = node.arguments;
			if (
				compiler.isPropertyAccessExpression(point) &&
				compiler.isIdentifier(point.expression) &&
				/^tracepoint\d*$/v.test(point.expression.text) &&
				Object.hasOwn(tracepoint, point.name.text)
			) {
				found.push({
					from: node.expression.name.getStart(source),
					to: actor.getStart(source),
					point: point.name.text,
				});
			}
		}

		node.forEachChild(look);
	};

	look(source);
	return found;
}

/** The method `emit` of the class `Probe`; undefined in a file that has none. */
function emitOf(source: ts.SourceFile): ts.MethodDeclaration | undefined {
	let found: ts.MethodDeclaration | undefined;
	const look = (node: ts.Node): void => {
		if (
			compiler.isMethodDeclaration(node) &&
			node.name.getText(source) === 'emit' &&
			compiler.isClassLike(node.parent) &&
			nameOf(node.parent) === 'Probe'
		) {
			found = node;
		}

		node.forEachChild(look);
	};

	look(source);
	return found;
}

/** The name of a class, or of the variable that it is put into. */
function nameOf(declared: ts.ClassLikeDeclaration): string | undefined {
	const {name, parent} = declared;
	return name?.text ?? (compiler.isVariableDeclaration(parent) ? parent.name.getText() : undefined);
}

function copyFor(point: string, method: ts.MethodDeclaration, source: ts.SourceFile): string {
	const [number, ...others] = method.parameters.map(parameter => parameter.getText(source));
	const body = method.body?.getText(source).slice(1) ?? '}';
	const value = (tracepoint as Readonly<Record<string, number>>)[point];
	return `emit$${point}(${others.join(',')}){const ${number}=${value};${body}`;
}

function edited(code: string, edits: readonly Edit[]): string {
	let text = '';
	let at = 0;
	for (const {from, to, text: instead} of edits.toSorted((a, b) => a.from - b.from)) {
		text += code.slice(at, from) + instead;
		at = to;
	}

	return text + code.slice(at);
}
