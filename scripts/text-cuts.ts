import path from 'node:path';
import type ts from 'typescript';
import {compiler} from './compiler.js';

/**
Text is put into a width by `fitText` alone, and sentences by `fitSentence`. Everybody else takes a
string apart only to read it; the files that do, each with what they read.
*/
const readers: ReadonlyArray<readonly [file: RegExp, reads: string]> = [
	[/^charts\/fit-text\.ts$/v, 'the one place'],
	[/^charts\/fit-sentence\.ts$/v, 'whole clauses of a sentence; what does not fit so goes to `fitText`'],
	[/^charts\/line-chart\.ts$/v, 'the plot of the library, without its axis'],
	[/^trace\/reader\//v, 'the fields of a line of a trace'],
	[/^tracking\/run-names\.ts$/v, 'a comm, which the kernel cuts at TASK_COMM_LEN'],
	[/^calibration\/client-estimates\.ts$/v, 'a comm, made the name of a client'],
	[/^parameters\/(?:duration|distribution-text)\.ts$/v, 'what the user wrote'],
	[/^simulation\/parameters\/(?:parse-set|parameters-hash)\.ts$/v, 'what the user wrote; a hash of 64 digits'],
	[/^errors\/nearest\.ts$/v, 'the last part of a key; a name, as far as it is compared'],
	[/^guest\/guest-locks\.ts$/v, 'the last part of the name of a stream'],
	[/^metrics\/metric-plan\.ts$/v, 'a part of a path'],
	[/^report\/gobench\.ts$/v, 'a name behind its capital'],
	[/^presets\/json-position\.ts$/v, 'JSON text'],
	[/^metrics\/metric-path\.ts$/v, 'the parts of a path'],
	[/^report\/text-layout\.ts$/v, 'a hash, shortened by its definition'],
	[/^session\/link\.ts$/v, 'what a link names after its kind'],
	[/^session\/(?:text-field|key-table)\.ts$/v, 'what is typed; the name of a key'],
	[/^commands\/(?:help|command-line|read-side-files)\.ts$/v, 'a first letter; a flag; the two halves of a file'],
	[/^dashboard\/theme\.ts$/v, 'a colour'],
	[/^diagnosis\/advice\/mechanism\.ts$/v, 'the parts of a path'],
	[/^session\/parameter-list\.ts$/v, 'the key of a group'],
	[/^commands\/completion\/candidates\.ts$/v, 'the two sides of what is typed'],
	[
		/^experiment\/sweep\/(?:axis|plan|results)\.ts$/v,
		'what the user wrote; a hash of 64 digits; what a message quotes',
	],
	[/^commands\/merge\.ts$/v, 'the number in the name of a part'],
	[/^files\/single-writer\.ts$/v, 'the parts of the name of a mark; a file of /proc'],
	[/^views\/advice\/panels\.ts$/v, 'a sentence, in its two halves'],
	[/^views\/overview\/stages\.ts$/v, 'a figure without its unit'],
	[/^dashboard\/overlays\/place\.ts$/v, 'a word that is longer than a line: it goes on in the next'],
];

const cutting = new Set(['slice', 'substring', 'substr']);

/** Where strings are cut in a program's files below a folder: path from there, and the text. */
function stringCuts(
	program: ts.Program,
	folder: string,
): ReadonlyArray<{readonly file: string; readonly text: string}> {
	const checker = program.getTypeChecker();
	const found: Array<{file: string; text: string}> = [];
	for (const source of program.getSourceFiles()) {
		const file = path.relative(folder, source.fileName).split(path.sep).join('/');
		if (source.isDeclarationFile || file.startsWith('..')) {
			continue;
		}

		const visit = (node: ts.Node): void => {
			if (
				compiler.isCallExpression(node) &&
				compiler.isPropertyAccessExpression(node.expression) &&
				cutting.has(node.expression.name.text)
			) {
				const type = checker.getTypeAtLocation(node.expression.expression);
				if ((type.flags & compiler.TypeFlags.StringLike) !== 0) {
					found.push({file, text: node.getText()});
				}
			}

			compiler.forEachChild(node, visit);
		};

		visit(source);
	}

	return found;
}

/**
What is wrong with how the files below a folder take strings apart, a line each: a cut in a file
that is no reader, and a reader that cuts nothing.
*/
export function textCutFaults(program: ts.Program, folder: string, known = readers): readonly string[] {
	const cuts = stringCuts(program, folder);
	return [
		...cuts
			.filter(({file}) => !known.some(([reader]) => reader.test(file)))
			.map(({file, text}) => `${file}: text is cut to a width by fitText alone: ${text}`),
		...known
			.filter(([reader]) => !cuts.some(({file}) => reader.test(file)))
			.map(([reader]) => `scripts/text-cuts.ts: nothing is cut any more in ${reader.source}`),
	];
}
