import path from 'node:path';
import {fileURLToPath} from 'node:url';
import ts from 'typescript';
import {expect, test} from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

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

function stringCuts(): readonly string[] {
	const {config} = ts.readConfigFile(path.join(root, 'tsconfig.json'), name => ts.sys.readFile(name)) as {
		config: {compilerOptions: object};
	};
	const {options} = ts.parseJsonConfigFileContent(
		{compilerOptions: config.compilerOptions, include: ['source']},
		ts.sys,
		root,
	);
	const program = ts.createProgram(ts.sys.readDirectory(path.join(root, 'source'), ['.ts', '.tsx']), {
		...options,
		noEmit: true,
	});
	const checker = program.getTypeChecker();
	const found: string[] = [];
	for (const file of program.getSourceFiles()) {
		const name = path.relative(path.join(root, 'source'), file.fileName).split(path.sep).join('/');
		if (file.isDeclarationFile || name.startsWith('..')) {
			continue;
		}

		const visit = (node: ts.Node): void => {
			if (
				ts.isCallExpression(node) &&
				ts.isPropertyAccessExpression(node.expression) &&
				cutting.has(node.expression.name.text)
			) {
				const type = checker.getTypeAtLocation(node.expression.expression);
				if ((type.flags & ts.TypeFlags.StringLike) !== 0) {
					found.push(`${name}: ${node.getText()}`);
				}
			}

			ts.forEachChild(node, visit);
		};

		visit(file);
	}

	return found;
}

test('no text is cut to a width but by fitText', {timeout: 60_000}, () => {
	const cuts = stringCuts();
	expect(cuts.filter(cut => !readers.some(([file]) => file.test(cut.split(':', 1)[0])))).toEqual([]);
	// Each entry above is still needed.
	expect(
		readers.filter(([file]) => !cuts.some(cut => file.test(cut.split(':', 1)[0]))).map(([file]) => file.source),
	).toEqual([]);
});
